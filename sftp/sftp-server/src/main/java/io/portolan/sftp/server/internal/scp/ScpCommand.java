package io.portolan.sftp.server.internal.scp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command line such as {@code scp -r -p -t /uploads}, which is what clients ask for. No shell reads it: quotes and backslashes make characters literal, as clients expect who
 * quote for a shell, and whatever a shell would do something with is refused.
 *
 * @param upload {@code -t}, the client sends; otherwise {@code -f}, we send
 * @param recursive {@code -r}: directories too
 * @param preserve {@code -p}: times and permissions too
 * @param intoDirectory {@code -d}: the path has to be a directory
 * @param path where from or where to, as the client wrote it; empty for the home directory
 */
public record ScpCommand(boolean upload, boolean recursive, boolean preserve, boolean intoDirectory, String path) {

    private static final String SPECIAL_TO_SHELLS = "$`;&|<>()*?[]{}!#\n\r";

    /**
     * Reads a command line.
     *
     * @return the command, or empty if it is not scp's, or has what we do not do
     */
    public static Optional<ScpCommand> parse(String line) {
        List<Word> words = words(line);
        if (words.isEmpty() || !words.get(0).text().equals("scp")) {
            return Optional.empty();
        }
        StringBuilder options = new StringBuilder();
        int next = 1;
        while (next < words.size() && isOption(words.get(next).text())) {
            String option = words.get(next++).text();
            if (option.equals("--")) {
                break;
            }
            options.append(option, 1, option.length());
        }
        if (words.size() - next != 1 || !options.chars().allMatch(option -> "tfrpdv".indexOf(option) >= 0)) {
            return Optional.empty();
        }
        boolean upload = options.indexOf("t") >= 0;
        boolean download = options.indexOf("f") >= 0;
        if (upload == download) {
            return Optional.empty();
        }
        return Optional.of(new ScpCommand(
                upload,
                options.indexOf("r") >= 0,
                options.indexOf("p") >= 0,
                options.indexOf("d") >= 0,
                words.get(next).asPath()));
    }

    private static boolean isOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-';
    }

    /** A word, and whether its beginning was written without quotes. */
    private record Word(String text, boolean plain) {

        /** A tilde stands for the home directory, where relative paths begin anyway. */
        String asPath() {
            if (plain && text.equals("~")) {
                return "";
            }
            return plain && text.startsWith("~/") ? text.substring(2) : text;
        }
    }

    /** The words of a line, or none if it is not one that we read. */
    private static List<Word> words(String line) {
        List<Word> words = new ArrayList<>();
        StringBuilder word = null;
        boolean plain = true;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean literal = false;
            if (quote == 0 && (c == ' ' || c == '\t')) {
                if (word != null) {
                    words.add(new Word(word.toString(), plain));
                    word = null;
                }
                continue;
            }
            if (word == null) {
                word = new StringBuilder();
                plain = c != '\'' && c != '"' && c != '\\';
            }
            if (c == '\\' && quote != '\'') {
                if (++i == line.length()) {
                    return List.of();
                }
                if (quote == '"' && "\"\\$`".indexOf(line.charAt(i)) < 0) {
                    word.append('\\');
                }
                c = line.charAt(i);
                literal = true;
            } else if (quote == 0 ? c == '\'' || c == '"' : c == quote) {
                quote = quote == 0 ? c : 0;
                continue;
            }
            if (!literal && isSpecial(c, quote)) {
                return List.of();
            }
            word.append(c);
        }
        if (quote != 0) {
            return List.of();
        }
        if (word != null) {
            words.add(new Word(word.toString(), plain));
        }
        return words;
    }

    private static boolean isSpecial(char c, char quote) {
        return quote == 0 && SPECIAL_TO_SHELLS.indexOf(c) >= 0 || quote == '"' && (c == '$' || c == '`');
    }
}
