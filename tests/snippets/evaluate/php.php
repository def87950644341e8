<?php

// Runs each line of standard input, a JSON text of code, and prints which calls it made.

final class Segment
{
    public static array $calls = [];

    public static function __callStatic(string $name, array $arguments): void
    {
        self::$calls[] = [$name, ...$arguments];
    }
}

// As frameworks do: a warning, such as that of a property that isn't there, is an exception.
set_error_handler(fn (int $level, string $message) => throw new ErrorException($message));
$handoff = json_decode(getenv('HANDOFF'));
foreach (['ids', 'properties', 'context'] as $part) {
    $handoff->$part = (array) $handoff->$part;
}
while (($line = fgets(STDIN)) !== false) {
    Segment::$calls = [];
    try {
        eval(json_decode($line));
        echo json_encode(['calls' => Segment::$calls], JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION), "\n";
    } catch (Throwable $error) {
        echo json_encode(['error' => (string) $error]), "\n";
    }
}
