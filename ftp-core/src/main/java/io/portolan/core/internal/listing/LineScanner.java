package io.portolan.core.internal.listing;

/** Cuts a line at its spaces, and reads numbers strictly. */
final class LineScanner {

    private final String line;
    private int at;

    LineScanner(String line) {
        this.line = line;
    }

    /** The next word, spaces before it left out; empty at the end. */
    String word() {
        skipSpaces();
        int start = at;
        while (at < line.length() && line.charAt(at) != ' ') {
            at++;
        }
        return line.substring(start, at);
    }

    void skipSpaces() {
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
    }

    /** Skips at most so many spaces. */
    void skipSpaces(int most) {
        int end = Math.min(line.length(), at + most);
        while (at < end && line.charAt(at) == ' ') {
            at++;
        }
    }

    /** How many spaces come next. */
    int spaces() {
        int end = at;
        while (end < line.length() && line.charAt(end) == ' ') {
            end++;
        }
        return end - at;
    }

    boolean atEnd() {
        return at >= line.length();
    }

    /** What is left, untouched. */
    String rest() {
        return line.substring(at);
    }

    int position() {
        return at;
    }

    void position(int position) {
        at = position;
    }

    /** Whether there are digits and nothing else. */
    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** A decimal number without a sign that fits a long, else -1. */
    static long number(String text) {
        if (text.isEmpty() || text.length() > 19) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value < 0 ? -1 : value;
    }

    /** A decimal number of at most so many digits, else -1. */
    static int number(String text, int mostDigits) {
        return text.length() > mostDigits ? -1 : (int) number(text);
    }
}
