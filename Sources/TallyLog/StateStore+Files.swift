internal import Glibc

extension StateStore {
    /// Deletes the files of saved state that cannot even be opened.
    ///
    /// Nobody may have them open.
    ///
    /// - Throws: ``StateStoreError/unavailable(cause:)``.
    public static func deleteFiles(directory: String) throws(StateStoreError) {
        let state = DataLayout(directory: directory).stateDirectory
        for name in ["data.mdb", "lock.mdb"] where unsafe unlink(state + "/" + name) != 0 && errno != ENOENT {
            throw .unavailable(cause: unsafe "deleting \(state)/\(name): \(String(cString: strerror(errno)))")
        }
    }
}
