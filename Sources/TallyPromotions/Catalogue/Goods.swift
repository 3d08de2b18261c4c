/// A product as promotions see it.
public struct Goods: Sendable, Hashable {
    /// The product's own id; empty for all goods of a category that the assortment does not list.
    public var sku: String
    /// Its category and those above it, the nearest first: `["beds", "furniture"]`.
    public var categories: [String]
    /// Its brand; empty for none.
    public var brand: String
    /// Marks that people put on goods.
    public var tags: Set<String>
    /// Other properties: `["size": "XXL"]`.
    public var attributes: [String: String]
    /// What a unit must at least bring in, in minor units of money; 0 for no such floor.
    public var floorPrice: Int64

    /// A product of its parts.
    public init(
        sku: String, categories: [String] = [], brand: String = "", tags: Set<String> = [],
        attributes: [String: String] = [:], floorPrice: Int64 = 0
    ) {
        self.sku = sku
        self.categories = categories
        self.brand = brand
        self.tags = tags
        self.attributes = attributes
        self.floorPrice = floorPrice
    }
}

/// The place of a product in an assortment.
@frozen
public struct ItemNumber: Hashable, Sendable, BitwiseCopyable {
    /// Counted from 1; 0 stands for goods that nobody knows.
    public var rawValue: Int32
    /// Wraps a place.
    @inlinable public init(_ rawValue: Int32) { self.rawValue = rawValue }
    /// Goods that the assortment does not list: only promotions on all goods touch them.
    @inlinable public static var unknown: ItemNumber { ItemNumber(0) }
}

/// All goods that promotions can tell apart.
///
/// A till may sell what the assortment does not list. Such a line has the category that the till names: for every
/// category there is an entry without a product.
public struct Assortment: Sendable {
    /// The goods by number; the one at 0 stands for goods that nobody knows.
    public let goods: [Goods]
    /// For each of them its brand as a number; 0 for none.
    public let brands: [Int32]
    private let bySKU: [String: ItemNumber]
    private let byCategory: [String: ItemNumber]

    /// An assortment.
    ///
    /// - Parameter listed: The goods; ids differ. The categories above a category are those of the first product that has it.
    public init(_ listed: [Goods]) {
        var goods = [Goods(sku: "")]
        var bySKU: [String: ItemNumber] = [:]
        var byCategory: [String: ItemNumber] = [:]
        for product in listed {
            bySKU[product.sku] = ItemNumber(Int32(goods.count))
            goods.append(product)
        }
        for product in listed {
            for (place, category) in product.categories.enumerated() where byCategory[category] == nil {
                byCategory[category] = ItemNumber(Int32(goods.count))
                goods.append(Goods(sku: "", categories: Array(product.categories[place...])))
            }
        }
        var numbers: [String: Int32] = ["": 0]
        brands = goods.map { product in
            let number = numbers[product.brand] ?? Int32(numbers.count)
            numbers[product.brand] = number
            return number
        }
        self.goods = goods
        self.bySKU = bySKU
        self.byCategory = byCategory
    }

    /// The number of what a till sells.
    ///
    /// - Parameters:
    ///   - sku: The product's id.
    ///   - category: The category as the till knows it; may be empty.
    /// - Returns: The product, or what stands for its category, or ``ItemNumber/unknown``.
    public func item(sku: String, category: String = "") -> ItemNumber {
        bySKU[sku] ?? byCategory[category] ?? .unknown
    }
}

/// Which goods a promotion means.
public indirect enum GoodsFilter: Sendable, Hashable {
    /// All goods, those that nobody knows too.
    case all
    /// One product.
    case sku(String)
    /// A category and all below it.
    case category(String)
    /// A brand.
    case brand(String)
    /// A mark.
    case tag(String)
    /// A property with a value.
    case attribute(String, String)
    /// Goods that one of these means.
    case any([GoodsFilter])
    /// Goods that all of these mean.
    case both([GoodsFilter])
    /// Goods that this does not mean.
    case not(GoodsFilter)

    /// Whether it means a product.
    public func contains(_ goods: Goods) -> Bool {
        switch self {
        case .all: true
        case .sku(let sku): !sku.isEmpty && goods.sku == sku
        case .category(let category): goods.categories.contains(category)
        case .brand(let brand): !brand.isEmpty && goods.brand == brand
        case .tag(let tag): goods.tags.contains(tag)
        case .attribute(let name, let value): goods.attributes[name] == value
        case .any(let filters): filters.contains { $0.contains(goods) }
        case .both(let filters): filters.allSatisfy { $0.contains(goods) }
        case .not(let filter): !filter.contains(goods)
        }
    }
}
