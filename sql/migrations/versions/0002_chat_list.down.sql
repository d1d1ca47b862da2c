-- Takes away how people keep their chats, and the orders of the list.
DROP VIEW backscroll.conversation_details;
ALTER TABLE backscroll.conversation_days
    DROP CONSTRAINT conversation_days_pkey,
    ADD PRIMARY KEY (conversation_id, day);
DROP TABLE backscroll.conversation_states;
ALTER TABLE backscroll.conversations DROP COLUMN sort_title;
DROP INDEX backscroll.conversations_by_size;
DROP FUNCTION backscroll.folded(text);
