internal import Ground

/// The tables of the store, version by version: a released step is never edited, a new one is
/// added.
enum Schema {
  /// `Syst`, which stands in the header of the file and tells it from other SQLite databases.
  static let applicationID: Int32 = 0x5379_7374

  /// The statements that lead from each version to the next; the first makes version 1.
  static let steps: [String] = [first]

  /// The newest version this program knows.
  static var newest: Int { steps.count }

  /// Version 1.
  ///
  /// Append-only is kept by three means, because none is enough alone:
  /// - triggers refuse UPDATE and DELETE, and, before INSERT, every row that is not exactly the
  ///   next one: REPLACE deletes without firing DELETE triggers unless `recursive_triggers` is on,
  ///   and a foreign program has it off;
  /// - DROP fires no triggers, but with `foreign_keys` on it first deletes all rows, which fails
  ///   while another table refers to them: the head refers to the newest entry, node and record,
  ///   and the heads refer to each other in a ring, so that none of them can go first;
  /// - a program that switches `foreign_keys` off, drops the triggers or edits the file can do
  ///   anything. That is what the hash tree is for: `systemic journal verify` finds it.
  ///
  /// The triggers end the whole transaction, not only the statement, and the entries have neither
  /// references of their own nor checks that call functions: then SQLite needs no statement journal
  /// for an insert, which would cost a fifth of the time of an append.
  private static let first =
    records
    + zip(LogName.allCases, LogName.allCases.dropFirst() + [.regulatory]).map { log, next in
      tables(of: log.rawValue) + head(of: log.rawValue, before: next.rawValue)
    }.joined()
    + LogName.allCases.map { emptyHead(of: $0.rawValue) }.joined()
    + LogName.allCases.map { ring(of: $0.rawValue) }.joined()

  private static let records = """
    -- A record as it stands: a cache of its events, and its wrapped key. log: 1 regulatory,
    -- 2 access, 3 operational. state and key are NULL once erased.
    CREATE TABLE record (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      log INTEGER NOT NULL,
      version INTEGER NOT NULL,
      epoch INTEGER,
      key BLOB,
      state BLOB
    ) STRICT;
    CREATE TRIGGER record_stays BEFORE DELETE ON record BEGIN
      SELECT RAISE(ROLLBACK, 'a record is never removed');
    END;
    CREATE TRIGGER record_keeps_its_name BEFORE UPDATE OF number, id, log ON record BEGIN
      SELECT RAISE(ROLLBACK, 'a record keeps its name and its log');
    END;
    -- Signed checkpoints as published; signatures of witnesses may be added to one. seq counts them, so that
    -- one that is removed leaves a gap.
    CREATE TABLE checkpoint (
      log INTEGER NOT NULL,
      size INTEGER NOT NULL,
      seq INTEGER NOT NULL UNIQUE,
      note BLOB NOT NULL,
      PRIMARY KEY (log, size)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint BEGIN
      SELECT RAISE(ROLLBACK, 'a checkpoint is never removed');
    END;
    -- The answers of requests that were made under an idempotency key; key is its SHA-256, because
    -- what a caller writes there may name a person. receipts: log code and index, `1:41 1:42`.
    CREATE TABLE request (
      key BLOB PRIMARY KEY,
      receipts TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    """

  private static func tables(of log: String) -> String {
    """
    -- Entries of the \(log) log: seq is the index in the tree and one. The version comes first in
    -- the index, so that entries that are added together stand together there.
    CREATE TABLE \(log) (
      seq INTEGER PRIMARY KEY,
      record INTEGER NOT NULL,
      version INTEGER NOT NULL,
      entry BLOB NOT NULL,
      leaf BLOB NOT NULL,
      UNIQUE (version, record)
    ) STRICT;
    CREATE TRIGGER \(log)_next BEFORE INSERT ON \(log)
      WHEN NEW.seq IS NOT 1 + ifnull((SELECT seq FROM \(log) ORDER BY seq DESC LIMIT 1), 0)
        OR EXISTS (SELECT 1 FROM \(log) WHERE version = NEW.version AND record = NEW.record)
        OR NEW.version IS NOT 1 AND NOT EXISTS (
          SELECT 1 FROM \(log) WHERE version = NEW.version - 1 AND record = NEW.record)
    BEGIN
      SELECT RAISE(ROLLBACK, 'only the next entry can be added');
    END;
    CREATE TRIGGER \(log)_unchanged BEFORE UPDATE ON \(log) BEGIN
      SELECT RAISE(ROLLBACK, 'an entry is never changed');
    END;
    CREATE TRIGGER \(log)_stays BEFORE DELETE ON \(log) BEGIN
      SELECT RAISE(ROLLBACK, 'an entry is never removed');
    END;
    -- Sealed contents, which can be erased.
    CREATE TABLE \(log)_content (
      seq INTEGER PRIMARY KEY,
      content BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER \(log)_content_unchanged BEFORE UPDATE ON \(log)_content BEGIN
      SELECT RAISE(ROLLBACK, 'a content is kept or erased, never changed');
    END;
    -- Roots of complete subtrees of 256^level entries, from level 1, in the order of completion.
    CREATE TABLE \(log)_node (
      seq INTEGER PRIMARY KEY,
      level INTEGER NOT NULL CHECK (level > 0),
      place INTEGER NOT NULL,
      hash BLOB NOT NULL,
      UNIQUE (level, place)
    ) STRICT;
    CREATE TRIGGER \(log)_node_next BEFORE INSERT ON \(log)_node
      WHEN NEW.seq IS NOT 1 + ifnull((SELECT seq FROM \(log)_node ORDER BY seq DESC LIMIT 1), 0)
        OR EXISTS (SELECT 1 FROM \(log)_node WHERE level = NEW.level AND place = NEW.place)
    BEGIN
      SELECT RAISE(ROLLBACK, 'only the next node can be added');
    END;
    CREATE TRIGGER \(log)_node_unchanged BEFORE UPDATE ON \(log)_node BEGIN
      SELECT RAISE(ROLLBACK, 'a node is never changed');
    END;
    CREATE TRIGGER \(log)_node_stays BEFORE DELETE ON \(log)_node BEGIN
      SELECT RAISE(ROLLBACK, 'a node is never removed');
    END;

    """
  }

  private static func head(of log: String, before next: String) -> String {
    """
    -- How many entries there are, and the hashes of the right edge, the largest subtree first.
    CREATE TABLE \(log)_head (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      size INTEGER NOT NULL,
      edge BLOB NOT NULL,
      newest INTEGER REFERENCES \(log) (seq),
      node INTEGER REFERENCES \(log)_node (seq),
      record INTEGER REFERENCES record (number),
      next INTEGER REFERENCES \(next)_head (one)
    ) STRICT;

    """
  }

  private static func emptyHead(of log: String) -> String {
    "INSERT INTO \(log)_head (one, size, edge) VALUES (1, 0, x'');\n"
  }

  /// Closes the ring of heads, and the heads themselves.
  private static func ring(of log: String) -> String {
    """
    UPDATE \(log)_head SET next = 1;
    CREATE TRIGGER \(log)_head_alone BEFORE INSERT ON \(log)_head BEGIN
      SELECT RAISE(ROLLBACK, 'a log has one head');
    END;
    CREATE TRIGGER \(log)_head_grows BEFORE UPDATE ON \(log)_head
      WHEN NEW.one IS NOT 1 OR NEW.size < OLD.size OR NEW.next IS NOT 1
    BEGIN
      SELECT RAISE(ROLLBACK, 'a log never shrinks');
    END;
    CREATE TRIGGER \(log)_head_stays BEFORE DELETE ON \(log)_head BEGIN
      SELECT RAISE(ROLLBACK, 'the head of a log is never removed');
    END;

    """
  }
}
