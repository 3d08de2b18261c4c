import TallyModel
import TallyServer
import Testing

@Suite struct FlowControlTests {
    @Test func `each reason to wait stops the reading by itself`() {
        #expect(FlowControl().mayTake)
        let reasons: [(inout FlowControl) -> Void] = [
            { $0.isWritable = false }, { $0.isEngineBusy = true }, { $0.isOpeningSource = true },
            { $0.isClosing = true },
            { $0.unanswered = Limits.framesInFlightMax },
        ]
        for reason in reasons {
            var flow = FlowControl()
            reason(&flow)
            #expect(!flow.mayTake)
        }
    }

    @Test func `the last credit may be used`() {
        var flow = FlowControl()
        flow.unanswered = Limits.framesInFlightMax - 1
        #expect(flow.mayTake)
    }
}
