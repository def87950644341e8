// aosp-mirror/platform_frameworks_base@003587b9a4e14f5e412ae898e7c00389a2dad2aa core/java/android/content
package android.content // Context.java:17

abstract class Context // Context.java:91
