// segmentio/analytics-java@07802a32cf9a8a82ced72630767da986a6201224 analytics-core/src/main/java/com/segment/analytics/messages
package com.segment.analytics.messages; // AliasMessage.java:1

import java.util.Map; // AliasMessage.java:6

public abstract class AliasMessage implements Message { // AliasMessage.java:19
  public static Builder builder(String previousId) { return new Builder(previousId); } // AliasMessage.java:28

  public static class Builder extends MessageBuilder<AliasMessage, Builder> { // AliasMessage.java:39
    private Builder(String previousId) { // AliasMessage.java:47
      super(Message.Type.alias); // AliasMessage.java:48
      if (isNullOrEmpty(previousId)) throw new IllegalArgumentException("previousId cannot be null or empty."); // AliasMessage.java:49-50
    }

    protected AliasMessage realBuild(Type type, String anonymousId, String userId) { // AliasMessage.java:56-64
      return new AliasMessage() { // AliasMessage.java:65
        public Type type() { return type; } // Message.java:24
        public String anonymousId() { return anonymousId; } // Message.java:39
        public String userId() { return userId; } // Message.java:42
      };
    }

    Builder self() { return this; } // AliasMessage.java:78
  }
}
