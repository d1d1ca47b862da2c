-- Takes the whole archive away: every table, and with them everything in it.
DROP VIEW backscroll.message_details;
DROP TABLE backscroll.summaries, backscroll.annotations, backscroll.bookmarks, backscroll.read_marks,
    backscroll.conversation_days, backscroll.reactions, backscroll.attachments, backscroll.messages, backscroll.threads,
    backscroll.participants, backscroll.conversations, backscroll.message_logs, backscroll.import_runs,
    backscroll.sources, backscroll.users;
