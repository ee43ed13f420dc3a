package io.portolan.examples.standalone;

/** Writes one JSON object without line breaks (RFC 8259 §7). */
public final class JsonObject {

    private final StringBuilder text = new StringBuilder("{");

    public JsonObject add(String name, String value) {
        key(name);
        text.append('"');
        value.chars().forEach(c -> character((char) c));
        text.append('"');
        return this;
    }

    public JsonObject add(String name, long value) {
        key(name);
        text.append(value);
        return this;
    }

    public JsonObject add(String name, boolean value) {
        key(name);
        text.append(value);
        return this;
    }

    public String end() {
        return text.append('}').toString();
    }

    private void key(String name) {
        text.append(text.length() == 1 ? "\"" : ",\"").append(name).append("\":");
    }

    private void character(char c) {
        if (c == '"' || c == '\\') {
            text.append('\\').append(c);
        } else if (c > ' ' && c < 0x7f || c == ' ') {
            text.append(c);
        } else {
            // All else as its number: no line break of any script, no half of a pair, no charset to be guessed.
            text.append(String.format("\\u%04x", (int) c));
        }
    }
}
