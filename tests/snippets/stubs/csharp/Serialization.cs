// segmentio/Serialization.NET@1d174c98a8af360cd432ad54bf9a5cc0641ddf0a Serialization.NET/Segment/Serialization
using System.Collections; // JsonElement.cs:1
using System.Collections.Concurrent; // JsonElement.cs:2
using System.Collections.Generic; // JsonElement.cs:3

namespace Segment.Serialization // JsonElement.cs:13
{
    public abstract class JsonElement // JsonElement.cs:15
    {
        public static implicit operator JsonElement(bool value) => new JsonLiteral(value, false); // JsonElement.cs:17
        public static implicit operator JsonElement(string value) => value == null ? (JsonElement) JsonNull.Instance : new JsonLiteral(value, true); // JsonElement.cs:19-23
        public static implicit operator JsonElement(int value) => new JsonLiteral(value, false); // JsonElement.cs:25
        public static implicit operator JsonElement(long value) => new JsonLiteral(value, false); // JsonElement.cs:27
        public static implicit operator JsonElement(short value) => new JsonLiteral(value, false); // JsonElement.cs:29
        public static implicit operator JsonElement(double value) => new JsonLiteral(value, false); // JsonElement.cs:31
        public static implicit operator JsonElement(float value) => new JsonLiteral(value, false); // JsonElement.cs:33
        public static implicit operator JsonElement(bool? value) => new JsonLiteral(value, false); // JsonElement.cs:35
        public static implicit operator JsonElement(int? value) => new JsonLiteral(value, false); // JsonElement.cs:37
        public static implicit operator JsonElement(long? value) => new JsonLiteral(value, false); // JsonElement.cs:39
        public static implicit operator JsonElement(short? value) => new JsonLiteral(value, false); // JsonElement.cs:41
        public static implicit operator JsonElement(double? value) => new JsonLiteral(value, false); // JsonElement.cs:43
        public static implicit operator JsonElement(float? value) => new JsonLiteral(value, false); // JsonElement.cs:45
    }

    public abstract class JsonPrimitive : JsonElement {} // JsonElement.cs:49

    internal class JsonLiteral : JsonPrimitive // JsonElement.cs:106
    {
        internal JsonLiteral(object body, bool isString) {} // JsonElement.cs:112
    }

    public sealed class JsonNull : JsonPrimitive // JsonElement.cs:160
    {
        private static JsonNull s_instance = new JsonNull(); // JsonElement.cs:165
        public static JsonNull Instance { get { return s_instance; } } // JsonElement.cs:167-178
        private JsonNull() {} // JsonElement.cs:180
    }

    public class JsonObject : JsonElement, IEnumerable // JsonElement.cs:187
    {
        public IDictionary<string, JsonElement> Content { get; } // JsonElement.cs:189
        public JsonObject() { Content = new ConcurrentDictionary<string, JsonElement>(); } // JsonElement.cs:197-199
        public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator() => Content.GetEnumerator(); // JsonElement.cs:216
        IEnumerator IEnumerable.GetEnumerator() { return GetEnumerator(); } // JsonElement.cs:218-220
        public JsonElement this[string key] // JsonElement.cs:237
        {
            get => Content[key]; // JsonElement.cs:239
            set => Content[key] = value ?? JsonNull.Instance; // JsonElement.cs:240
        }
    }

    public class JsonArray : JsonElement, IEnumerable // JsonElement.cs:245
    {
        public IList<JsonElement> Content { get; } // JsonElement.cs:247
        public JsonArray() { Content = new List<JsonElement>(); } // JsonElement.cs:253-255
        public IEnumerator<JsonElement> GetEnumerator() => Content.GetEnumerator(); // JsonElement.cs:263
        IEnumerator IEnumerable.GetEnumerator() { return GetEnumerator(); } // JsonElement.cs:270-272
        public void Add(JsonElement item) => Content.Add(item); // JsonElement.cs:275
    }
}
