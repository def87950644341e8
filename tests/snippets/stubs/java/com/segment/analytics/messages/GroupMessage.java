// segmentio/analytics-java@07802a32cf9a8a82ced72630767da986a6201224 analytics-core/src/main/java/com/segment/analytics/messages
package com.segment.analytics.messages; // GroupMessage.java:1

import java.util.Map; // GroupMessage.java:7

public abstract class GroupMessage implements Message { // GroupMessage.java:22
  public static Builder builder(String groupId) { return new Builder(groupId); } // GroupMessage.java:30

  public static class Builder extends MessageBuilder<GroupMessage, Builder> { // GroupMessage.java:44
    private Map<String, ?> traits; // GroupMessage.java:46
    private Builder(String groupId) { // GroupMessage.java:54
      super(Message.Type.group); // GroupMessage.java:55
      if (isNullOrEmpty(groupId)) throw new IllegalArgumentException("groupId cannot be null or empty."); // GroupMessage.java:56-57
    }

    public Builder traits(Map<String, ?> traits) { // GroupMessage.java:67
      if (traits == null) throw new NullPointerException("Null traits"); // GroupMessage.java:68-69
      this.traits = ImmutableMap.copyOf(traits); // GroupMessage.java:71
      return this; // GroupMessage.java:72
    }

    protected GroupMessage realBuild(Type type, String anonymousId, String userId) { // GroupMessage.java:76-84
      return new GroupMessage() { // GroupMessage.java:85
        public Type type() { return type; } // Message.java:24
        public String anonymousId() { return anonymousId; } // Message.java:39
        public String userId() { return userId; } // Message.java:42
      };
    }

    Builder self() { return this; } // GroupMessage.java:99
  }
}
