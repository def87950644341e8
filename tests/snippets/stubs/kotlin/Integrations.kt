// As much of the library as our snippets use.
package com.segment.analytics.kotlin.core.utilities

import com.segment.analytics.kotlin.core.BaseEvent
import kotlinx.serialization.json.JsonElement

fun BaseEvent.putIntegrations(key: String, element: JsonElement): BaseEvent = this
inline fun <reified T : Any> BaseEvent.putIntegrations(key: String, value: T): BaseEvent = this
