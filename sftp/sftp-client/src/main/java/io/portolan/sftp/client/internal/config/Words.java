package io.portolan.sftp.client.internal.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of a line, as OpenSSH tells them apart: blanks separate, but not within quotation marks of either kind, which may stand in the middle of a word; a backslash goes before a quotation mark, a backslash or, outside of
 * quotation marks, a blank, and is one itself before all else; a number sign at the beginning of a word begins a comment.
 */
final class Words {

    private static final char NONE = 0;

    private final String text;
    private final String where;
    private final List<String> words = new ArrayList<>();
    /** The word that has begun, which may be empty. */
    private @Nullable StringBuilder word;

    private Words(String text, String where) {
        this.text = text;
        this.where = where;
    }

    /**
     * Takes a text apart.
     *
     * @param where file and line, for messages
     * @throws ConfigException if a quotation mark is missing
     */
    static List<String> of(String text, String where) throws ConfigException {
        return new Words(text, where).words();
    }

    private List<String> words() throws ConfigException {
        char quotation = NONE;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && isEscaped(i + 1, quotation)) {
                i++;
                begun().append(text.charAt(i));
            } else if (quotation == NONE && isBlank(c)) {
                end();
            } else if (quotation == NONE && c == '#' && word == null) {
                break;
            } else if (quotation == NONE && (c == '"' || c == '\'')) {
                quotation = c;
                begun();
            } else if (c == quotation) {
                quotation = NONE;
            } else {
                begun().append(c);
            }
        }
        if (quotation != NONE) {
            throw new ConfigException(where + ": a quotation mark is missing");
        }
        end();
        return words;
    }

    private boolean isEscaped(int at, char quotation) {
        if (at == text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return c == '"' || c == '\'' || c == '\\' || quotation == NONE && c == ' ';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private StringBuilder begun() {
        StringBuilder begun = word;
        if (begun == null) {
            begun = new StringBuilder();
            word = begun;
        }
        return begun;
    }

    private void end() {
        if (word != null) {
            words.add(word.toString());
            word = null;
        }
    }
}
