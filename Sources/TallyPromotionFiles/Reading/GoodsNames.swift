import TallyPromotions

/// All names that goods of an assortment have.
struct GoodsNames: Sendable {
    let assortment: Assortment
    let skus: Set<String>
    let categories: Set<String>
    let brands: Set<String>
    let tags: Set<String>
    let attributes: [String: Set<String>]

    init(_ assortment: Assortment) {
        self.assortment = assortment
        skus = Set(assortment.goods.map(\.sku)).subtracting([""])
        categories = Set(assortment.goods.flatMap(\.categories))
        brands = Set(assortment.goods.map(\.brand)).subtracting([""])
        tags = assortment.goods.reduce(into: []) { $0.formUnion($1.tags) }
        attributes = assortment.goods.reduce(into: [:]) { attributes, product in
            for (name, value) in product.attributes { attributes[name, default: []].insert(value) }
        }
    }

    /// The first product that two filters mean; nil when they share none.
    func shared(_ first: GoodsFilter, _ second: GoodsFilter) -> String? {
        let product = assortment.goods.first { first.contains($0) && second.contains($0) }
        return product.map { $0.sku.isEmpty ? $0.categories.first ?? "goods that nobody knows" : $0.sku }
    }
}
