"""WhatsApp's own databases: msgstore.db of Android, in its new and its old layout, and ChatStorage.sqlite of iOS."""

from backscroll.importing.formats.whatsapp_databases.reader import WhatsAppDatabases

__all__ = ["WhatsAppDatabases"]
