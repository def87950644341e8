// As much of the library as our snippets use.
package com.segment.analytics.kotlin.core

import kotlinx.serialization.json.JsonObject

typealias EnrichmentClosure = (event: BaseEvent?) -> BaseEvent?

open class BaseEvent {
    var userId: String = ""
    var anonymousId: String = ""
    var context: JsonObject = JsonObject(emptyMap())
}

class AliasEvent(var previousId: String) : BaseEvent()

class Configuration {
    var application: Any? = null
    var trackApplicationLifecycleEvents = false
}

fun Analytics(writeKey: String, configs: Configuration.() -> Unit): Analytics = Analytics(Configuration())

class Analytics(val configuration: Configuration) {
    fun track(name: String, properties: JsonObject, enrichment: EnrichmentClosure? = null) {}
    fun screen(title: String, properties: JsonObject, category: String = "", enrichment: EnrichmentClosure? = null) {}
    fun identify(userId: String, traits: JsonObject, enrichment: EnrichmentClosure? = null) {}
    fun group(groupId: String, traits: JsonObject, enrichment: EnrichmentClosure? = null) {}
    fun alias(newId: String, enrichment: EnrichmentClosure? = null) {}
}
