import TallyBytes
import TallyModel
import TallyPromotions

extension ControlGroup {
    /// Whether a member is left out.
    ///
    /// The draw depends on the salt and the member alone, by a hash whose key is fixed for ever: nobody changes sides when a programme
    /// is updated, and an auditor draws alike.
    ///
    /// - Parameters:
    ///   - member: Who buys; nobody is of no group.
    ///   - promotion: The promotion's id, for groups without a salt.
    /// - Returns: True for members of the group.
    func contains(_ member: MemberNumber, of promotion: String) -> Bool {
        guard member != .none else { return false }
        var writer = ByteWriter(capacity: 128)
        writer.append(text: salt.isEmpty ? promotion : salt)
        writer.append(u8: 0)
        writer.append(u32: member.rawValue)
        let draw = StableHash(key0: 0x7461_6C6C_7973_7469, key1: 0x636B_2061_726D_7321).hash(writer.bytes)
        return draw % 10_000 < UInt64(basisPoints)
    }
}
