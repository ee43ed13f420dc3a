package io.portolan.examples.standalone.client;

/** Makes harmless what comes from elsewhere: a terminal obeys control characters, and a reader is misled by those that turn the direction of writing. */
final class TerminalText {

    private TerminalText() {}

    /** The text in one line that does nothing; each character that would do something as its number. */
    static String harmless(String text) {
        if (text.codePoints().noneMatch(TerminalText::isHarmful)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHarmful(c)) {
                shown.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static boolean isHarmful(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
