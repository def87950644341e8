// As much of the library as our snippets use.
using System;
using System.Collections;
using System.Collections.Generic;

namespace Segment.Serialization
{
    public abstract class JsonElement
    {
        public static implicit operator JsonElement(string value) => JsonNull.Instance;
        public static implicit operator JsonElement(bool value) => JsonNull.Instance;
        public static implicit operator JsonElement(int value) => JsonNull.Instance;
        public static implicit operator JsonElement(long value) => JsonNull.Instance;
        public static implicit operator JsonElement(double value) => JsonNull.Instance;
    }

    public sealed class JsonNull : JsonElement
    {
        public static JsonNull Instance => new JsonNull();
        private JsonNull() { }
    }

    public class JsonObject : JsonElement, IEnumerable<KeyValuePair<string, JsonElement>>
    {
        private readonly Dictionary<string, JsonElement> entries = new Dictionary<string, JsonElement>();
        public JsonElement this[string key] { get => entries[key]; set => entries[key] = value; }
        public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator() => entries.GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => entries.GetEnumerator();
    }

    public class JsonArray : JsonElement, IEnumerable
    {
        public void Add(JsonElement element) { }
        public IEnumerator GetEnumerator() => null;
    }
}

namespace Segment.Analytics
{
    using Segment.Serialization;

    public class RawEvent
    {
        public string UserId { get; set; }
        public string AnonymousId { get; set; }
        public JsonObject Context { get; set; }
        public JsonObject Integrations { get; set; }
    }

    public class AliasEvent : RawEvent
    {
        public string PreviousId { get; set; }
    }

    public class Configuration
    {
        public Configuration(string writeKey) { }
    }

    public class Analytics
    {
        public Analytics(Configuration configuration) { }
        public void Track(string name, JsonObject properties = null, Func<RawEvent, RawEvent> enrichment = null) { }
        public void Page(string title, JsonObject properties = null, string category = "", Func<RawEvent, RawEvent> enrichment = null) { }
        public void Screen(string title, JsonObject properties = null, string category = "", Func<RawEvent, RawEvent> enrichment = null) { }
        public void Identify(string userId, JsonObject traits = null, Func<RawEvent, RawEvent> enrichment = null) { }
        public void Group(string groupId, JsonObject traits = null, Func<RawEvent, RawEvent> enrichment = null) { }
        public void Alias(string newId, Func<RawEvent, RawEvent> enrichment = null) { }
    }
}
