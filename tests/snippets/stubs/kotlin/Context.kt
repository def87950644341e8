// As much of Android as our snippets use.
package android.content

open class Context
