"""The sample archive: chats that were written for it, as export files that the importers read, and notes about them.

`exports/` and `notes.json` are made by `python -m tests.sample_writer` in the repository; nothing in them is about
real people. `notes.json` holds an object:

- `version` is 1; `time_zone` is the zone to read the WhatsApp files with.
- `codes`, each after the one that it stands under: `path` (Theme/Part), `colour`, `key`, `description`, `examples`.
- `bookmarks`: `conversation`, `message`, `title`, `notes`, `created_at`.
- `annotations`: `conversation`, `message`, `text`, `category`, `tags`, `codes` (paths), `created_at`.
- `review`: `conversation`, `title`, `query` (within that chat), `codes`, `reviewers`, `created_at`, and `decisions` on
  all of its messages: `message`, `given` (the codes that each reviewer gave), and where somebody flagged it,
  `flagged_by` and their `remark`.
- `summaries`: `conversation`, `period_start` and `period_end` (RFC 3339 with offset, end not included, null for the
  whole chat), `message_count` and `participants` of the period, `text`.
- `read_marks`, one for every chat: `conversation`, and the last `message` that was read, null for all of them.

A `conversation` is `{"identity": ..., "external_id": ...}`, the arguments of `ids.conversation_id`. A `message` is
`{"external_id": ...}` where the format has ids; otherwise `{"clock": ..., "sender": ..., "text": ...}`, the arguments
of `ids.message_name` with ordinal 0. Each names exactly one message of the exports.
"""
