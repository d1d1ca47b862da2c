CREATE TYPE "message_type" AS ENUM ('text', 'image', 'video', 'document', 'audio', 'sticker', 'interactive', 'reaction');
CREATE TYPE "message_status" AS ENUM ('sent', 'delivered', 'read');
CREATE TYPE "chatbot_status" AS ENUM ('active', 'archived', 'draft');
CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "phoneNumber" varchar(20) NOT NULL UNIQUE, name varchar(100) NOT NULL, avatar varchar(500),
    "createdAt" timestamptz NOT NULL DEFAULT now(), "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE chatbots (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name varchar(255) NOT NULL, description text, nodes jsonb NOT NULL DEFAULT '[]',
    edges jsonb NOT NULL DEFAULT '[]', "isActive" boolean NOT NULL DEFAULT true, status chatbot_status NOT NULL DEFAULT 'active', metadata jsonb,
    "createdAt" timestamptz NOT NULL DEFAULT now(), "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE conversations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "lastMessage" varchar(1000), "lastMessageAt" timestamptz,
    "lastCustomerMessageAt" timestamptz, "isWindowOpen" boolean NOT NULL DEFAULT true, "createdAt" timestamptz NOT NULL DEFAULT now(),
    "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE conversation_participants (
    "conversationId" uuid NOT NULL REFERENCES conversations(id) ON DELETE CASCADE, "userId" uuid NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    PRIMARY KEY ("conversationId", "userId")
);
CREATE TABLE messages (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "conversationId" uuid NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    "senderId" uuid NOT NULL REFERENCES users(id), type message_type NOT NULL DEFAULT 'text', content jsonb NOT NULL,
    status message_status NOT NULL DEFAULT 'sent', timestamp timestamptz NOT NULL, "createdAt" timestamptz NOT NULL DEFAULT now(),
    "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE conversation_contexts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "conversationId" uuid NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    "chatbotId" uuid NOT NULL REFERENCES chatbots(id) ON DELETE CASCADE, "currentNodeId" varchar(255) NOT NULL,
    variables jsonb NOT NULL DEFAULT '{}', "nodeHistory" jsonb NOT NULL DEFAULT '[]', "isActive" boolean NOT NULL DEFAULT true,
    "createdAt" timestamptz NOT NULL DEFAULT now(), "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_conversation_context_conversation ON conversation_contexts ("conversationId");
CREATE INDEX idx_conversation_context_flow ON conversation_contexts ("chatbotId");
CREATE INDEX idx_conversation_context_active ON conversation_contexts ("isActive");
CREATE INDEX idx_conversation_context_conversation_active ON conversation_contexts ("conversationId", "isActive");
CREATE TABLE whatsapp_config (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "phoneNumberId" varchar(255) NOT NULL, "businessAccountId" varchar(255) NOT NULL,
    "accessToken" text NOT NULL, "webhookVerifyToken" varchar(255) NOT NULL, "appSecret" text, is_active boolean NOT NULL DEFAULT true,
    "createdAt" timestamptz NOT NULL DEFAULT now(), "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX idx_whatsapp_config_active ON whatsapp_config(is_active) WHERE is_active = true;
