package io.portolan.core.internal.codec;

/** The characters that could end a line, or make a terminal do something. */
public final class ControlCharacters {

    private ControlCharacters() {}

    /** Whether it is a C0 or C1 control character, DEL, or one of Unicode's line separators. */
    public static boolean isControl(char c) {
        return c < ' ' || c >= 0x7f && c <= 0x9f || c == '\u2028' || c == '\u2029';
    }

    /** Whether there is one in the text. */
    public static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The text with {@code ?} for each of them but the tab. */
    public static String replace(String text) {
        if (!isIn(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c != '\t' && isControl(c)) {
                out.setCharAt(i, '?');
            }
        }
        return out.toString();
    }
}
