package android.content;

/** As much of Android as our snippets use. */
public class Context {}
