// Written by deploy/schemas/embed from deploy/schemas/promotion.schema.json.

/// What an editor or another program needs to judge a promotion without us.
public enum PromotionSchema {
    /// The JSON Schema of the language, of draft 2020-12; it ends with a line feed.
    public static let json = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "urn:tallystick:promotion:1",
          "title": "Promotions of Tallystick",
          "description": "One promotion, or several with their groups. The checker also knows the names of the programme.",
          "type": "object",
          "if": {"required": ["promotion"]},
          "then": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "promotion": {"$ref": "#/$defs/name", "description": "The promotion's id."},
              "title": {"$ref": "#/$defs/text"},
              "lane": {
                "enum": ["price", "basket", "code", "burn", "earn", "after"],
                "description": "When it is decided; basket if left out."
              },
              "group": {
                "$ref": "#/$defs/name",
                "description": "The group that decides about it."
              },
              "priority": {"$ref": "#/$defs/priority"},
              "exclusive": {
                "anyOf": [
                  {"$ref": "#/$defs/name"},
                  {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 10000,
                    "items": {"$ref": "#/$defs/name"}
                  }
                ],
                "description": "Promotions with a common mark do not go together."
              },
              "owner": {"$ref": "#/$defs/name", "description": "Who answers for it."},
              "goal": {
                "enum": ["acquire", "enrich", "retain", "average_check", "spread_demand"],
                "description": "What it is for."
              },
              "cost_per_use": {
                "$ref": "#/$defs/money",
                "description": "What a use costs beside discounts and points."
              },
              "funding": {"$ref": "#/$defs/funding"},
              "points_to": {"$ref": "#/$defs/pointsTo"},
              "limits": {"$ref": "#/$defs/limits"},
              "control": {"$ref": "#/$defs/control"},
              "when": {"$ref": "#/$defs/conditions"},
              "then": {"$ref": "#/$defs/effects"},
              "rules": {
                "type": "array",
                "minItems": 1,
                "maxItems": 64,
                "description": "Cases; the first whose conditions hold is carried out.",
                "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "when": {"$ref": "#/$defs/conditions"},
                    "then": {"$ref": "#/$defs/effects"}
                  },
                  "required": ["then"]
                }
              },
              "tests": {"$ref": "#/$defs/tests"}
            },
            "required": ["promotion"],
            "oneOf": [
              {"required": ["then"], "not": {"required": ["rules"]}},
              {"required": ["rules"], "not": {"required": ["then"]}}
            ]
          },
          "else": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "point_worth": {
                "type": "number",
                "minimum": 0,
                "maximum": 2,
                "description": "What a point is worth in money, for the choice of the best."
              },
              "lanes": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "price": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": {
                      "mode": {"enum": ["all", "first", "best", "worst"]},
                      "most": {"$ref": "#/$defs/units"},
                      "cap_percent": {"$ref": "#/$defs/share"}
                    }
                  },
                  "basket": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": {
                      "mode": {"enum": ["all", "first", "best", "worst"]},
                      "most": {"$ref": "#/$defs/units"},
                      "cap_percent": {"$ref": "#/$defs/share"}
                    }
                  },
                  "code": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": {
                      "mode": {"enum": ["all", "first", "best", "worst"]},
                      "most": {"$ref": "#/$defs/units"},
                      "cap_percent": {"$ref": "#/$defs/share"}
                    }
                  },
                  "burn": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": {
                      "mode": {"enum": ["all", "first", "best", "worst"]},
                      "most": {"$ref": "#/$defs/units"},
                      "cap_percent": {"$ref": "#/$defs/share"}
                    }
                  },
                  "earn": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": {
                      "mode": {"enum": ["all", "first", "best", "worst"]},
                      "most": {"$ref": "#/$defs/units"},
                      "cap_percent": {"$ref": "#/$defs/share"}
                    }
                  },
                  "after": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": {
                      "mode": {"enum": ["all", "first", "best", "worst"]},
                      "most": {"$ref": "#/$defs/units"},
                      "cap_percent": {"$ref": "#/$defs/share"}
                    }
                  }
                }
              },
              "groups": {
                "type": "array",
                "minItems": 1,
                "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "group": {"$ref": "#/$defs/name"},
                    "parent": {"$ref": "#/$defs/name"},
                    "lane": {"enum": ["price", "basket", "code", "burn", "earn", "after"]},
                    "priority": {"$ref": "#/$defs/priority"},
                    "mode": {"enum": ["all", "first", "best", "worst"]},
                    "most": {"$ref": "#/$defs/units"},
                    "cap_percent": {"$ref": "#/$defs/share"}
                  },
                  "required": ["group", "mode"]
                }
              },
              "promotions": {
                "type": "array",
                "minItems": 1,
                "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "promotion": {"$ref": "#/$defs/name", "description": "The promotion's id."},
                    "title": {"$ref": "#/$defs/text"},
                    "lane": {
                      "enum": ["price", "basket", "code", "burn", "earn", "after"],
                      "description": "When it is decided; basket if left out."
                    },
                    "group": {
                      "$ref": "#/$defs/name",
                      "description": "The group that decides about it."
                    },
                    "priority": {"$ref": "#/$defs/priority"},
                    "exclusive": {
                      "anyOf": [
                        {"$ref": "#/$defs/name"},
                        {
                          "type": "array",
                          "minItems": 1,
                          "maxItems": 10000,
                          "items": {"$ref": "#/$defs/name"}
                        }
                      ],
                      "description": "Promotions with a common mark do not go together."
                    },
                    "owner": {"$ref": "#/$defs/name", "description": "Who answers for it."},
                    "goal": {
                      "enum": [
                        "acquire",
                        "enrich",
                        "retain",
                        "average_check",
                        "spread_demand"
                      ],
                      "description": "What it is for."
                    },
                    "cost_per_use": {
                      "$ref": "#/$defs/money",
                      "description": "What a use costs beside discounts and points."
                    },
                    "funding": {"$ref": "#/$defs/funding"},
                    "points_to": {"$ref": "#/$defs/pointsTo"},
                    "limits": {"$ref": "#/$defs/limits"},
                    "control": {"$ref": "#/$defs/control"},
                    "when": {"$ref": "#/$defs/conditions"},
                    "then": {"$ref": "#/$defs/effects"},
                    "rules": {
                      "type": "array",
                      "minItems": 1,
                      "maxItems": 64,
                      "description": "Cases; the first whose conditions hold is carried out.",
                      "items": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "when": {"$ref": "#/$defs/conditions"},
                          "then": {"$ref": "#/$defs/effects"}
                        },
                        "required": ["then"]
                      }
                    }
                  },
                  "required": ["promotion"],
                  "oneOf": [
                    {"required": ["then"], "not": {"required": ["rules"]}},
                    {"required": ["rules"], "not": {"required": ["then"]}}
                  ]
                }
              },
              "tests": {"$ref": "#/$defs/tests"}
            }
          },
          "$defs": {
            "name": {"type": ["string", "integer"], "minLength": 1, "maxLength": 64},
            "text": {"type": ["string", "number"], "minLength": 1, "maxLength": 1000},
            "flag": {"enum": [true, false, "yes", "no"]},
            "priority": {"type": "integer", "minimum": -1000000, "maximum": 1000000},
            "units": {"type": "integer", "minimum": 1, "maximum": 1000000},
            "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 100},
            "rate": {"type": "number", "exclusiveMinimum": 0, "maximum": 1000},
            "money": {"type": "number", "minimum": 0, "maximum": 10000000000},
            "moneyAboveZero": {"type": "number", "exclusiveMinimum": 0, "maximum": 10000000000},
            "points": {"type": "number", "exclusiveMinimum": 0, "maximum": 100000000000},
            "quantity": {"type": "number", "minimum": 0, "maximum": 1000000000},
            "base": {"enum": ["running", "initial"]},
            "rounding": {"enum": ["once", "goods"]},
            "takenOff": {"enum": ["goods", "receipt"]},
            "goods": {
              "anyOf": [
                {"const": "all"},
                {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "sku": {
                      "anyOf": [
                        {"$ref": "#/$defs/name"},
                        {
                          "type": "array",
                          "minItems": 1,
                          "maxItems": 10000,
                          "items": {"$ref": "#/$defs/name"}
                        }
                      ]
                    },
                    "category": {
                      "anyOf": [
                        {"$ref": "#/$defs/name"},
                        {
                          "type": "array",
                          "minItems": 1,
                          "maxItems": 10000,
                          "items": {"$ref": "#/$defs/name"}
                        }
                      ]
                    },
                    "brand": {
                      "anyOf": [
                        {"$ref": "#/$defs/name"},
                        {
                          "type": "array",
                          "minItems": 1,
                          "maxItems": 10000,
                          "items": {"$ref": "#/$defs/name"}
                        }
                      ]
                    },
                    "tag": {
                      "anyOf": [
                        {"$ref": "#/$defs/name"},
                        {
                          "type": "array",
                          "minItems": 1,
                          "maxItems": 10000,
                          "items": {"$ref": "#/$defs/name"}
                        }
                      ]
                    },
                    "attribute": {
                      "type": "object",
                      "minProperties": 1,
                      "additionalProperties": {
                        "anyOf": [
                          {"$ref": "#/$defs/name"},
                          {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 10000,
                            "items": {"$ref": "#/$defs/name"}
                          }
                        ]
                      }
                    },
                    "any": {
                      "type": "array",
                      "minItems": 1,
                      "items": {"$ref": "#/$defs/goods"}
                    },
                    "all": {
                      "type": "array",
                      "minItems": 1,
                      "items": {"$ref": "#/$defs/goods"}
                    },
                    "not": {"$ref": "#/$defs/goods"}
                  },
                  "minProperties": 1
                }
              ]
            },
            "value": {"type": ["string", "integer", "boolean"]},
            "test": {
              "anyOf": [
                {"$ref": "#/$defs/value"},
                {"type": "array", "items": {"$ref": "#/$defs/value"}},
                {"$ref": "#/$defs/range"}
              ]
            },
            "range": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "from": {"$ref": "#/$defs/value"},
                "to": {"$ref": "#/$defs/value"},
                "before": {"$ref": "#/$defs/value"}
              }
            },
            "conditions": {
              "type": "object",
              "maxProperties": 64,
              "properties": {
                "code": {
                  "anyOf": [
                    {"$ref": "#/$defs/name"},
                    {
                      "type": "object",
                      "additionalProperties": false,
                      "properties": {
                        "all": {
                          "anyOf": [
                            {"$ref": "#/$defs/name"},
                            {
                              "type": "array",
                              "minItems": 1,
                              "maxItems": 10000,
                              "items": {"$ref": "#/$defs/name"}
                            }
                          ]
                        }
                      },
                      "required": ["all"]
                    }
                  ]
                },
                "basket": {
                  "anyOf": [
                    {"$ref": "#/$defs/amount"},
                    {
                      "type": "array",
                      "minItems": 1,
                      "maxItems": 64,
                      "items": {"$ref": "#/$defs/amount"}
                    }
                  ]
                },
                "occasion": {"$ref": "#/$defs/test"},
                "day": {"$ref": "#/$defs/test"},
                "weekday": {"$ref": "#/$defs/test"},
                "time": {"$ref": "#/$defs/test"},
                "member": {"$ref": "#/$defs/test"},
                "age": {"$ref": "#/$defs/test"},
                "gender": {"$ref": "#/$defs/test"},
                "days_to_birthday": {"$ref": "#/$defs/test"},
                "days_since_birthday": {"$ref": "#/$defs/test"},
                "days_since_registration": {"$ref": "#/$defs/test"},
                "days_since_receipt": {"$ref": "#/$defs/test"},
                "receipts_30d": {"$ref": "#/$defs/test"},
                "first_receipt": {"$ref": "#/$defs/test"},
                "margin_decile": {"$ref": "#/$defs/test"},
                "coupons_used": {"$ref": "#/$defs/test"},
                "store": {"$ref": "#/$defs/test"},
                "region": {"$ref": "#/$defs/test"},
                "channel": {"$ref": "#/$defs/test"},
                "business": {"$ref": "#/$defs/test"},
                "stage": {"$ref": "#/$defs/test"},
                "tier": {"$ref": "#/$defs/test"},
                "stage_before": {"$ref": "#/$defs/test"},
                "activity": {"$ref": "#/$defs/test"},
                "complaint": {"$ref": "#/$defs/test"},
                "identified_by": {"$ref": "#/$defs/test"},
                "cart_idle_minutes": {"$ref": "#/$defs/test"},
                "rfm": {"$ref": "#/$defs/family"},
                "contacts_30d": {"$ref": "#/$defs/family"},
                "segment": {"$ref": "#/$defs/family"},
                "interest": {"$ref": "#/$defs/family"},
                "balance": {"$ref": "#/$defs/family"},
                "survey": {"$ref": "#/$defs/family"},
                "counter": {"$ref": "#/$defs/family"},
                "profile": {"$ref": "#/$defs/family"},
                "arm": {"$ref": "#/$defs/family"}
              },
              "additionalProperties": false
            },
            "amount": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "goods": {"$ref": "#/$defs/goods"},
                "units_at_least": {"$ref": "#/$defs/units"},
                "sum_at_least": {"$ref": "#/$defs/moneyAboveZero"},
                "quantity_at_least": {"type": "number", "exclusiveMinimum": 0, "maximum": 1000000000},
                "products_at_least": {"type": "integer", "minimum": 1, "maximum": 2000}
              },
              "anyOf": [
                {"required": ["units_at_least"]},
                {"required": ["sum_at_least"]},
                {"required": ["quantity_at_least"]},
                {"required": ["products_at_least"]}
              ]
            },
            "effects": {
              "type": "array",
              "minItems": 1,
              "maxItems": 16,
              "items": {
                "oneOf": [
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["percent_off"],
                    "properties": {
                      "percent_off": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "percent": {"$ref": "#/$defs/share"},
                          "goods": {"$ref": "#/$defs/goods"},
                          "base": {"$ref": "#/$defs/base"},
                          "rounding": {"$ref": "#/$defs/rounding"},
                          "taken_off": {"$ref": "#/$defs/takenOff"}
                        },
                        "required": ["percent"]
                      }
                    },
                    "title": "percent_off"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["amount_off"],
                    "properties": {
                      "amount_off": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "amount": {"$ref": "#/$defs/moneyAboveZero"},
                          "goods": {"$ref": "#/$defs/goods"},
                          "base": {"$ref": "#/$defs/base"},
                          "taken_off": {"$ref": "#/$defs/takenOff"}
                        },
                        "required": ["amount"]
                      }
                    },
                    "title": "amount_off"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["unit_price"],
                    "properties": {
                      "unit_price": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "price": {"type": "number", "minimum": 0, "maximum": 90000},
                          "goods": {"$ref": "#/$defs/goods"}
                        },
                        "required": ["price"]
                      }
                    },
                    "title": "unit_price"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["every_nth"],
                    "properties": {
                      "every_nth": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "every": {"$ref": "#/$defs/units"},
                          "percent": {"$ref": "#/$defs/share"},
                          "goods": {"$ref": "#/$defs/goods"},
                          "first": {"enum": ["dearest", "cheapest"]},
                          "most": {"$ref": "#/$defs/units"},
                          "base": {"$ref": "#/$defs/base"},
                          "taken_off": {"$ref": "#/$defs/takenOff"},
                          "shares_units": {"$ref": "#/$defs/flag"}
                        },
                        "required": ["every", "percent"]
                      }
                    },
                    "title": "every_nth"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["bind"],
                    "properties": {
                      "bind": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "buy": {"$ref": "#/$defs/goods"},
                          "buy_units": {"$ref": "#/$defs/units"},
                          "get": {"$ref": "#/$defs/goods"},
                          "get_units": {"$ref": "#/$defs/units"},
                          "percent": {"$ref": "#/$defs/share"},
                          "same_brand": {"$ref": "#/$defs/flag"},
                          "base": {"$ref": "#/$defs/base"},
                          "taken_off": {"$ref": "#/$defs/takenOff"},
                          "shares_units": {"$ref": "#/$defs/flag"}
                        },
                        "required": ["buy", "get", "percent"]
                      }
                    },
                    "title": "bind"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["bundle"],
                    "properties": {
                      "bundle": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "parts": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 16,
                            "items": {
                              "type": "object",
                              "additionalProperties": false,
                              "properties": {
                                "goods": {"$ref": "#/$defs/goods"},
                                "units": {"$ref": "#/$defs/units"}
                              },
                              "required": ["goods"]
                            }
                          },
                          "price": {"type": "number", "minimum": 0, "maximum": 90000000},
                          "percent": {"$ref": "#/$defs/share"},
                          "base": {"$ref": "#/$defs/base"},
                          "taken_off": {"$ref": "#/$defs/takenOff"},
                          "shares_units": {"$ref": "#/$defs/flag"}
                        },
                        "required": ["parts"],
                        "oneOf": [{"required": ["price"]}, {"required": ["percent"]}]
                      }
                    },
                    "title": "bundle"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["points_percent"],
                    "properties": {
                      "points_percent": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "percent": {"$ref": "#/$defs/rate"},
                          "goods": {"$ref": "#/$defs/goods"},
                          "base": {"$ref": "#/$defs/base"},
                          "rounding": {"$ref": "#/$defs/rounding"}
                        },
                        "required": ["percent"]
                      }
                    },
                    "title": "points_percent"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["points"],
                    "properties": {"points": {"$ref": "#/$defs/points"}},
                    "title": "points"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["points_per_step"],
                    "properties": {
                      "points_per_step": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "step": {"$ref": "#/$defs/moneyAboveZero"},
                          "points": {"$ref": "#/$defs/points"},
                          "goods": {"$ref": "#/$defs/goods"},
                          "base": {"$ref": "#/$defs/base"}
                        },
                        "required": ["step", "points"]
                      }
                    },
                    "title": "points_per_step"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["points_times"],
                    "properties": {
                      "points_times": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "times": {"type": "integer", "minimum": 2, "maximum": 1000},
                          "percent": {"$ref": "#/$defs/rate"},
                          "base": {"$ref": "#/$defs/base"}
                        },
                        "required": ["times", "percent"]
                      }
                    },
                    "title": "points_times"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["say"],
                    "properties": {
                      "say": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "text": {"$ref": "#/$defs/text"},
                          "on": {"enum": ["receipt", "cashier", "screen", "voice"]},
                          "count": {"$ref": "#/$defs/units"}
                        },
                        "required": ["text", "on"]
                      }
                    },
                    "title": "say"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["free_delivery"],
                    "properties": {
                      "free_delivery": {
                        "anyOf": [
                          {"type": "null"},
                          {
                            "type": "object",
                            "additionalProperties": false,
                            "properties": {
                              "service": {"$ref": "#/$defs/text"},
                              "count": {"$ref": "#/$defs/units"}
                            }
                          }
                        ]
                      }
                    },
                    "title": "free_delivery"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["issue_coupon"],
                    "properties": {
                      "issue_coupon": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "coupon": {"$ref": "#/$defs/text"},
                          "good_for_minutes": {"type": "integer", "minimum": 1, "maximum": 2628000},
                          "count": {"$ref": "#/$defs/units"}
                        },
                        "required": ["coupon"]
                      }
                    },
                    "title": "issue_coupon"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["gift"],
                    "properties": {
                      "gift": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "sku": {"$ref": "#/$defs/text"},
                          "count": {"$ref": "#/$defs/units"}
                        },
                        "required": ["sku"]
                      }
                    },
                    "title": "gift"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["tag"],
                    "properties": {
                      "tag": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "name": {"$ref": "#/$defs/text"},
                          "count": {"$ref": "#/$defs/units"}
                        },
                        "required": ["name"]
                      }
                    },
                    "title": "tag"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["ticket"],
                    "properties": {
                      "ticket": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "draw": {"$ref": "#/$defs/text"},
                          "count": {"$ref": "#/$defs/units"}
                        },
                        "required": ["draw"]
                      }
                    },
                    "title": "ticket"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["benefit"],
                    "properties": {
                      "benefit": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "what": {"$ref": "#/$defs/text"},
                          "count": {"$ref": "#/$defs/units"}
                        },
                        "required": ["what"]
                      }
                    },
                    "title": "benefit"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["contact"],
                    "properties": {
                      "contact": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "template": {"$ref": "#/$defs/text"},
                          "by": {"$ref": "#/$defs/name"},
                          "count": {"$ref": "#/$defs/units"}
                        },
                        "required": ["template"]
                      }
                    },
                    "title": "contact"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["incentive"],
                    "properties": {
                      "incentive": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "name": {"$ref": "#/$defs/text"},
                          "amount": {"$ref": "#/$defs/moneyAboveZero"}
                        },
                        "required": ["name", "amount"]
                      }
                    },
                    "title": "incentive"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["load_card"],
                    "properties": {
                      "load_card": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "card": {"$ref": "#/$defs/text"},
                          "amount": {"$ref": "#/$defs/moneyAboveZero"}
                        },
                        "required": ["card", "amount"]
                      }
                    },
                    "title": "load_card"
                  },
                  {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["grant_points"],
                    "properties": {
                      "grant_points": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "reason": {"$ref": "#/$defs/text"},
                          "points": {"$ref": "#/$defs/points"}
                        },
                        "required": ["reason", "points"]
                      }
                    },
                    "title": "grant_points"
                  }
                ]
              }
            },
            "funding": {
              "type": "array",
              "minItems": 1,
              "maxItems": 16,
              "description": "Who pays for it; the shares add up to 100.",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "payer": {"$ref": "#/$defs/name"},
                  "percent": {"$ref": "#/$defs/share"}
                },
                "required": ["payer", "percent"]
              }
            },
            "pointsTo": {
              "type": "object",
              "additionalProperties": false,
              "description": "Where its points go, when they begin and when they end.",
              "properties": {
                "wallet": {"$ref": "#/$defs/name"},
                "pending": {
                  "anyOf": [
                    {"enum": ["none", "return_window"]},
                    {"type": "string", "pattern": "^[0-9]+ days?$"},
                    {
                      "type": "object",
                      "additionalProperties": false,
                      "properties": {"date": {"type": "string"}},
                      "required": ["date"]
                    }
                  ]
                },
                "expiry": {
                  "anyOf": [
                    {"const": "never"},
                    {"type": "string", "pattern": "^[0-9]+ (days?|months?)$"},
                    {
                      "type": "object",
                      "additionalProperties": false,
                      "properties": {
                        "dates": {
                          "type": "array",
                          "minItems": 1,
                          "maxItems": 12,
                          "items": {"type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$"}
                        }
                      },
                      "required": ["dates"]
                    },
                    {
                      "type": "object",
                      "additionalProperties": false,
                      "properties": {
                        "sliding_days": {"type": "integer", "minimum": 1, "maximum": 36500}
                      },
                      "required": ["sliding_days"]
                    }
                  ]
                }
              }
            },
            "limits": {
              "type": "array",
              "minItems": 1,
              "maxItems": 8,
              "description": "How often it applies.",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "per": {"enum": ["promotion", "member", "store"]},
                  "every": {"enum": ["ever", "day", "week", "month", "year"]},
                  "uses": {"type": "integer", "minimum": 1},
                  "discount": {"$ref": "#/$defs/moneyAboveZero"},
                  "points": {"$ref": "#/$defs/points"}
                },
                "required": ["per"],
                "oneOf": [
                  {"required": ["uses"]},
                  {"required": ["discount"]},
                  {"required": ["points"]}
                ]
              }
            },
            "control": {
              "type": "object",
              "additionalProperties": false,
              "description": "Members for whom it only notes what it would have done.",
              "properties": {"percent": {"$ref": "#/$defs/share"}, "salt": {"$ref": "#/$defs/name"}},
              "required": ["percent"]
            },
            "tests": {
              "type": "array",
              "minItems": 1,
              "items": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "test": {"$ref": "#/$defs/text"},
                  "given": {
                    "type": "object",
                    "additionalProperties": {
                      "anyOf": [
                        {"$ref": "#/$defs/value"},
                        {
                          "type": "object",
                          "additionalProperties": {"$ref": "#/$defs/value"}
                        }
                      ]
                    }
                  },
                  "codes": {
                    "anyOf": [
                      {"$ref": "#/$defs/name"},
                      {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 10000,
                        "items": {"$ref": "#/$defs/name"}
                      }
                    ]
                  },
                  "basket": {
                    "type": "array",
                    "maxItems": 2000,
                    "items": {
                      "type": "object",
                      "additionalProperties": false,
                      "properties": {
                        "sku": {"$ref": "#/$defs/name"},
                        "category": {"$ref": "#/$defs/name"},
                        "units": {"type": "integer", "minimum": 0},
                        "quantity": {"$ref": "#/$defs/quantity"},
                        "sum": {"$ref": "#/$defs/money"}
                      },
                      "required": ["sum"],
                      "not": {"required": ["units", "quantity"]}
                    }
                  },
                  "expect": {
                    "type": "array",
                    "maxItems": 2000,
                    "items": {
                      "type": "object",
                      "additionalProperties": false,
                      "properties": {
                        "promotion": {"$ref": "#/$defs/name"},
                        "case": {"type": "integer", "minimum": 1, "maximum": 64},
                        "discount": {"$ref": "#/$defs/money"},
                        "points": {"type": "number", "minimum": 0}
                      },
                      "required": ["promotion"]
                    }
                  }
                },
                "required": ["test", "basket", "expect"]
              }
            },
            "family": {"type": "object", "additionalProperties": {"$ref": "#/$defs/test"}}
          }
        }

        """#
}
