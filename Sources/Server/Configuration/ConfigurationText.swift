internal import Ground

/// What is set, as an operator reads it: secrets are said to be there, and never shown.
public enum ConfigurationText {
  /// A line for each setting: path, value, from where.
  public static func lines(_ configuration: Configuration) -> [(
    path: String, value: String, from: String
  )] {
    Settings.all.map { setting in
      guard let value = configuration.value(setting.path) else {
        return (setting.path, setting.usual ?? "", setting.usual == nil ? "not set" : "usual")
      }
      let shown =
        setting.form != .secret
        ? value.texts.joined(separator: ", ")
        : value.isPath ? "in the file \(value.texts.first ?? "")" : "given, not shown"
      return (setting.path, shown, value.place.text)
    }
  }
}
