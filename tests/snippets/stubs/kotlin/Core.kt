// segmentio/analytics-kotlin@a14649b302c417c356ec2c33b91a125557f81e57 core/src/main/java/com/segment/analytics/kotlin/core
package com.segment.analytics.kotlin.core // Analytics.kt:1

import kotlinx.serialization.SerializationStrategy // Analytics.kt:16
import kotlinx.serialization.json.JsonArray // Events.kt:7
import kotlinx.serialization.json.JsonObject // Analytics.kt:19

typealias AnalyticsContext = JsonObject // Events.kt:11
typealias Integrations = JsonObject // Events.kt:12
typealias Properties = JsonObject // Events.kt:13
typealias Traits = JsonObject // Events.kt:14
typealias EnrichmentClosure = (event: BaseEvent?) -> BaseEvent? // Events.kt:15

val emptyJsonObject = JsonObject(emptyMap()) // Events.kt:17
val emptyJsonArray = JsonArray(emptyList()) // Events.kt:18

sealed class BaseEvent { // Events.kt:55
    abstract var anonymousId: String // Events.kt:60
    abstract var context: AnalyticsContext // Events.kt:69
    abstract var integrations: Integrations // Events.kt:72
    abstract var userId: String // Events.kt:75
    internal fun applyBaseData() { this.context = emptyJsonObject } // Events.kt:85-88
    internal fun applyBaseEventData() { this.anonymousId = "stored"; this.integrations = emptyJsonObject } // Events.kt:92-96
}

data class TrackEvent(var properties: Properties, var event: String) : BaseEvent() { // Events.kt:165-168
    override lateinit var anonymousId: String // Events.kt:171
    override lateinit var integrations: Integrations // Events.kt:172
    override lateinit var context: AnalyticsContext // Events.kt:173
    override var userId: String = "" // Events.kt:174
}

data class IdentifyEvent(override var userId: String, var traits: Traits) : BaseEvent() { // Events.kt:203-206
    override lateinit var anonymousId: String // Events.kt:209
    override lateinit var integrations: Integrations // Events.kt:210
    override lateinit var context: AnalyticsContext // Events.kt:211
}

data class GroupEvent(var groupId: String, var traits: Traits) : BaseEvent() { // Events.kt:237-240
    override lateinit var anonymousId: String // Events.kt:243
    override lateinit var integrations: Integrations // Events.kt:244
    override lateinit var context: AnalyticsContext // Events.kt:245
    override var userId: String = "" // Events.kt:246
}

data class AliasEvent(override var userId: String, var previousId: String) : BaseEvent() { // Events.kt:273-276
    override lateinit var anonymousId: String // Events.kt:279
    override lateinit var integrations: Integrations // Events.kt:280
    override lateinit var context: AnalyticsContext // Events.kt:281
}

data class ScreenEvent(var name: String, var category: String, var properties: Properties) : BaseEvent() { // Events.kt:307-311
    override lateinit var anonymousId: String // Events.kt:314
    override lateinit var context: AnalyticsContext // Events.kt:315
    override lateinit var integrations: Integrations // Events.kt:316
    override var userId: String = "" // Events.kt:317
}

data class Configuration( // Configuration.kt:27
    val writeKey: String, // Configuration.kt:28
    var application: Any? = null, // Configuration.kt:29
    var trackApplicationLifecycleEvents: Boolean = false, // Configuration.kt:32
    var apiHost: String = "api.segment.io/v1", // Configuration.kt:40
    var cdnHost: String = "cdn-settings.segment.com/v1" // Configuration.kt:41
)

fun Analytics(writeKey: String, configs: Configuration.() -> Unit): Analytics { // Analytics.kt:843
    val config = Configuration(writeKey) // Analytics.kt:848
    configs.invoke(config) // Analytics.kt:849
    return Analytics(config) // Analytics.kt:850
}

open class Analytics constructor(val configuration: Configuration) { // Analytics.kt:36-91
    fun track(name: String, properties: JsonObject = emptyJsonObject, enrichment: EnrichmentClosure? = null) {} // Analytics.kt:160
    fun <T> track(name: String, properties: T, serializationStrategy: SerializationStrategy<T>, enrichment: EnrichmentClosure? = null) {} // Analytics.kt:176-181
    inline fun <reified T> track(name: String, properties: T, noinline enrichment: EnrichmentClosure? = null) {} // Analytics.kt:195-199
    fun identify(userId: String, traits: JsonObject = emptyJsonObject, enrichment: EnrichmentClosure? = null) {} // Analytics.kt:221
    fun <T> identify(userId: String, traits: T, serializationStrategy: SerializationStrategy<T>, enrichment: EnrichmentClosure? = null) {} // Analytics.kt:247-252
    inline fun <reified T> identify(traits: T, noinline enrichment: EnrichmentClosure? = null) {} // Analytics.kt:272-275
    fun identify(traits: JsonObject = emptyJsonObject, enrichment: EnrichmentClosure? = null) {} // Analytics.kt:295
    fun <T> identify(traits: T, serializationStrategy: SerializationStrategy<T>, enrichment: EnrichmentClosure? = null) {} // Analytics.kt:323-327
    inline fun <reified T> identify(userId: String, traits: T, noinline enrichment: EnrichmentClosure? = null) {} // Analytics.kt:348-352
    fun screen(title: String, properties: JsonObject = emptyJsonObject, category: String = "", enrichment: EnrichmentClosure? = null) {} // Analytics.kt:368-373
    fun <T> screen(title: String, properties: T, serializationStrategy: SerializationStrategy<T>, category: String = "", enrichment: EnrichmentClosure? = null) {} // Analytics.kt:390-396
    inline fun <reified T> screen(title: String, properties: T, category: String = "", noinline enrichment: EnrichmentClosure? = null) {} // Analytics.kt:416-421
    fun group(groupId: String, traits: JsonObject = emptyJsonObject, enrichment: EnrichmentClosure? = null) {} // Analytics.kt:438
    fun <T> group(groupId: String, traits: T, serializationStrategy: SerializationStrategy<T>, enrichment: EnrichmentClosure? = null) {} // Analytics.kt:456-461
    inline fun <reified T> group(groupId: String, traits: T, noinline enrichment: EnrichmentClosure? = null) {} // Analytics.kt:477-481
    fun alias(newId: String, enrichment: EnrichmentClosure? = null) {} // Analytics.kt:495
    fun process(event: BaseEvent, enrichment: EnrichmentClosure? = null) { // Analytics.kt:513
        event.applyBaseData() // Analytics.kt:516
        event.applyBaseEventData() // Analytics.kt:520
        val sent = enrichment?.invoke(event) // platform/Timeline.kt:30-32
        println("${event.javaClass.simpleName} ${sent?.anonymousId} ${sent?.userId}") // Analytics.kt:522
    }

    fun flush() {} // Analytics.kt:575
    fun pendingUploads(): List<String> = emptyList() // Analytics.kt:796
}
