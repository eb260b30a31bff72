/// How far a backup has come; what is done when one is reached is durable.
enum BackupStep: String, Sendable, CaseIterable {
  /// The journal is copied under its next name.
  case journalCopied
  /// A sealed file is copied.
  case fileCopied
  /// All sealed files are.
  case filesCopied
  /// All that the manifest names is there, and the log of operations knows of the backup.
  case noted
  /// The next manifest is there: from now on the backup is the new one.
  case committed
  /// A part has its name.
  case partMoved
  /// The manifest has its name.
  case manifestMoved
}
