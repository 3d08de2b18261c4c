/// A batch on its way to a worker and back: baskets there, awards and the revision that decided them back.
///
/// It is made once and goes round many times. Only one thread has it at a time: who fills it, the queue, the worker, who reads it.
public final class BatchRequest: @unchecked Sendable {
    // `@unchecked Sendable`: it is handed from thread to thread by queues, whose stores and loads order what was written.

    /// The baskets; their tokens are texts, which every revision looks up itself.
    public var batch: BasketBatch
    /// What was decided.
    public private(set) var awards = AwardBatch()
    /// The revision of the rules that decided all baskets of the batch; 0 before.
    public private(set) var revision: UInt64 = 0

    /// A request without baskets.
    ///
    /// - Parameters:
    ///   - facts: Facts of the schema.
    ///   - lines: Room for lines over all baskets, from 1.
    ///   - tokens: Room for tokens over all baskets.
    public init(facts: Int, lines: Int = 16_384, tokens: Int = 8_192) {
        batch = BasketBatch(facts: facts, lines: lines, tokens: tokens)
    }

    /// Decides all baskets by one revision.
    func decide(by desk: WorkerDesk) {
        batch.lookUpTokens(for: desk.evaluator.table)
        desk.evaluator.evaluate(batch, into: &awards)
        revision = desk.revision
    }
}
