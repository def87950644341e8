// segmentio/Analytics-CSharp@f7fc1850c51ad189126c9f66a41fa568ccc5e33d Analytics-CSharp/Segment/Analytics
using System; // Events.cs:1
using System.Collections.Generic; // Analytics.cs:1
using System.Runtime.Serialization; // Events.cs:2
using Segment.Serialization; // Events.cs:3

namespace Segment.Analytics // Analytics.cs:14
{
    public abstract class RawEvent // Types.cs:19
    {
        public virtual string AnonymousId { get; set; } // Types.cs:22
        public virtual string UserId { get; set; } // Types.cs:24
        public JsonObject Context { get; set; } // Types.cs:31
        public JsonObject Integrations { get; set; } // Types.cs:32
        internal void ApplyRawEventData(UserInfo userInfo) // Types.cs:48
        {
            Context = new JsonObject(); // Types.cs:52
            Integrations = new JsonObject(); // Types.cs:54
            if (string.IsNullOrEmpty(AnonymousId)) AnonymousId = userInfo._anonymousId; // Types.cs:57-59
            if (string.IsNullOrEmpty(UserId)) UserId = userInfo._userId; // Types.cs:61-63
        }
    }

    public sealed class TrackEvent : RawEvent // Types.cs:68
    {
        internal TrackEvent(string trackEvent, JsonObject properties) {} // Types.cs:76
    }

    public sealed class IdentifyEvent : RawEvent // Types.cs:85
    {
        internal IdentifyEvent(string userId = null, JsonObject traits = null) { UserId = userId; } // Types.cs:91-93
    }

    public sealed class ScreenEvent : RawEvent // Types.cs:100
    {
        internal ScreenEvent(string category, string title = null, JsonObject properties = null) {} // Types.cs:110
    }

    public sealed class PageEvent : RawEvent // Types.cs:120
    {
        internal PageEvent(string category, string title = null, JsonObject properties = null) {} // Types.cs:130
    }

    public sealed class GroupEvent : RawEvent // Types.cs:140
    {
        internal GroupEvent(string groupId = null, JsonObject traits = null) {} // Types.cs:148
    }

    public sealed class AliasEvent : RawEvent // Types.cs:157
    {
        public string PreviousId { get; set; } // Types.cs:161
        internal AliasEvent(string newId, string previousId) // Types.cs:163
        {
            UserId = newId; // Types.cs:165
            PreviousId = previousId; // Types.cs:166
        }
    }

    public struct UserInfo // State.cs:165
    {
        internal string _anonymousId; // State.cs:167
        internal string _userId; // State.cs:168
    }

    public class Configuration // Configuration.cs:10
    {
        public Configuration(string writeKey, int flushAt = 20, int flushInterval = 30, string apiHost = null, string cdnHost = null) {} // Configuration.cs:76-88
    }

    public partial class Analytics // Analytics.cs:16
    {
        internal UserInfo _userInfo; // Analytics.cs:45
        public Analytics(Configuration configuration) { _userInfo._anonymousId = "stored"; } // Analytics.cs:53
        public void Process(RawEvent incomingEvent, Func<RawEvent, RawEvent> enrichment = null) // Analytics.cs:85
        {
            incomingEvent.ApplyRawEventData(_userInfo); // Analytics.cs:89
            var sent = enrichment == null ? incomingEvent : enrichment(incomingEvent); // Timeline.cs:39-41
            Console.WriteLine(sent.GetType().Name + " " + sent.AnonymousId + " " + sent.UserId); // Timeline.cs:49-51
        }

        public virtual void Flush() {} // Analytics.cs:143
        public IEnumerable<string> PendingUploads() { return "".Split(','); } // Analytics.cs:266-268

        public virtual void Track(string name, JsonObject properties = null, Func<RawEvent, RawEvent> enrichment = null) // Events.cs:17
        {
            Process(new TrackEvent(name, properties), enrichment); // Events.cs:24-25
        }

        public virtual void Track<T>(string name, T properties = default(T), Func<RawEvent, RawEvent> enrichment = null) where T : ISerializable {} // Events.cs:37

        public virtual void Identify(string userId, JsonObject traits = null, Func<RawEvent, RawEvent> enrichment = null) // Events.cs:66
        {
            _userInfo._userId = userId; // Events.cs:74
            Process(new IdentifyEvent(userId, traits), enrichment); // Events.cs:82-83
        }

        public virtual void Identify(JsonObject traits, Func<RawEvent, RawEvent> enrichment = null) {} // Events.cs:101
        public virtual void Identify<T>(string userId, T traits = default(T), Func<RawEvent, RawEvent> enrichment = null) where T : ISerializable {} // Events.cs:137
        public virtual void Identify<T>(T traits, Func<RawEvent, RawEvent> enrichment = null) where T : ISerializable {} // Events.cs:166

        public virtual void Screen(string title, JsonObject properties = null, string category = "", Func<RawEvent, RawEvent> enrichment = null) // Events.cs:188
        {
            Process(new ScreenEvent(category, title, properties), enrichment); // Events.cs:194-195
        }

        public virtual void Screen<T>(string title, T properties = default(T), string category = "", Func<RawEvent, RawEvent> enrichment = null) where T : ISerializable {} // Events.cs:208

        public virtual void Page(string title, JsonObject properties = null, string category = "", Func<RawEvent, RawEvent> enrichment = null) // Events.cs:231
        {
            Process(new PageEvent(category, title, properties), enrichment); // Events.cs:237-238
        }

        public virtual void Page<T>(string title, T properties = default(T), string category = "", Func<RawEvent, RawEvent> enrichment = null) where T : ISerializable {} // Events.cs:251

        public virtual void Group(string groupId, JsonObject traits = null, Func<RawEvent, RawEvent> enrichment = null) // Events.cs:274
        {
            Process(new GroupEvent(groupId, traits), enrichment); // Events.cs:280-281
        }

        public virtual void Group<T>(string groupId, T traits = default(T), Func<RawEvent, RawEvent> enrichment = null) where T : ISerializable {} // Events.cs:295

        public virtual void Alias(string newId, Func<RawEvent, RawEvent> enrichment = null) // Events.cs:318
        {
            var aliasEvent = new AliasEvent(newId, _userInfo._userId ?? _userInfo._anonymousId); // Events.cs:320
            _userInfo._userId = newId; // Events.cs:323
            Process(aliasEvent, enrichment); // Events.cs:329
        }
    }
}
