CREATE TYPE "InstanceConnectionStatus" AS ENUM ('open', 'close', 'connecting');
CREATE TYPE "DeviceMessage" AS ENUM ('ios', 'android', 'web', 'unknown', 'desktop');
CREATE TABLE "Instance" (
    "id" text PRIMARY KEY, "name" varchar(255) NOT NULL UNIQUE, "connectionStatus" "InstanceConnectionStatus" NOT NULL DEFAULT 'open',
    "ownerJid" varchar(100), "profileName" varchar(100), "token" varchar(255), "createdAt" timestamp DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE "Chat" (
    "id" text PRIMARY KEY, "remoteJid" varchar(100) NOT NULL, "name" varchar(100), "labels" jsonb, "unreadMessages" integer NOT NULL DEFAULT 0,
    "createdAt" timestamp DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp, "instanceId" text NOT NULL REFERENCES "Instance" ("id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX ON "Chat" ("instanceId", "remoteJid");
CREATE TABLE "Contact" (
    "id" text PRIMARY KEY, "remoteJid" varchar(100) NOT NULL, "pushName" varchar(100), "profilePicUrl" varchar(500),
    "createdAt" timestamp DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp, "instanceId" text NOT NULL REFERENCES "Instance" ("id") ON DELETE CASCADE
);
CREATE TABLE "Message" (
    "id" text PRIMARY KEY, "key" jsonb NOT NULL, "pushName" varchar(100), "participant" varchar(100), "messageType" varchar(100) NOT NULL,
    "message" jsonb NOT NULL, "contextInfo" jsonb, "source" "DeviceMessage" NOT NULL DEFAULT 'android', "messageTimestamp" integer NOT NULL,
    "status" varchar(30), "instanceId" text NOT NULL REFERENCES "Instance" ("id") ON DELETE CASCADE
);
CREATE INDEX "Message_instanceId_idx" ON "Message" ("instanceId");
CREATE TABLE "MessageUpdate" (
    "id" text PRIMARY KEY, "keyId" varchar(100) NOT NULL, "remoteJid" varchar(100) NOT NULL, "fromMe" boolean NOT NULL, "participant" varchar(100),
    "pollUpdates" jsonb, "status" varchar(30) NOT NULL, "messageId" text NOT NULL REFERENCES "Message" ("id") ON DELETE CASCADE, "instanceId" text NOT NULL
);
CREATE TABLE "Media" (
    "id" text PRIMARY KEY, "fileName" varchar(500) NOT NULL UNIQUE, "type" varchar(100) NOT NULL, "mimetype" varchar(100) NOT NULL,
    "createdAt" date DEFAULT CURRENT_DATE, "messageId" text NOT NULL UNIQUE REFERENCES "Message" ("id") ON DELETE CASCADE, "instanceId" text NOT NULL
);
