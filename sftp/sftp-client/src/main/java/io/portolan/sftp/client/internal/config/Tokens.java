package io.portolan.sftp.client.internal.config;

import java.util.Optional;

/**
 * What is put in for tokens and variables of the environment within an argument (ssh_config(5), TOKENS and ENVIRONMENT VARIABLES): in one pass, so that what is put in is not looked at again. What means nothing is
 * refused: as text it would be the same file for all hosts, or one that is never there.
 */
final class Tokens {

    private Tokens() {}

    /** What a letter behind {@code %} stands for. */
    @FunctionalInterface
    interface Meaning {

        /** Nothing if the keyword does not take it. */
        Optional<String> of(char token) throws ConfigException;
    }

    /** What a variable of the environment has for a value; nothing if there is no such variable. */
    @FunctionalInterface
    interface Environment {
        Optional<String> value(String name);
    }

    /**
     * Puts in tokens alone.
     *
     * @param where file, line and keyword, for messages
     * @throws ConfigException if one means nothing
     */
    static String expand(String text, Meaning meaning, String where) throws ConfigException {
        return expand(text, meaning, false, name -> Optional.empty(), where);
    }

    /** Puts in tokens and variables. */
    static String expand(String text, Meaning meaning, Environment environment, String where) throws ConfigException {
        return expand(text, meaning, true, environment, where);
    }

    private static String expand(String text, Meaning meaning, boolean variables, Environment environment, String where)
            throws ConfigException {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (variables && text.startsWith("${", i)) {
                int end = text.indexOf('}', i);
                if (end < 0) {
                    throw new ConfigException(where + ": a } is missing in " + text);
                }
                String name = text.substring(i + 2, end);
                out.append(environment
                        .value(name)
                        .orElseThrow(() -> new ConfigException(
                                where + ": the environment has no variable \"" + name + "\", for " + text)));
                i = end + 1;
            } else if (c == '%') {
                out.append(token(text, i + 1, meaning, where));
                i += 2;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private static String token(String text, int at, Meaning meaning, String where) throws ConfigException {
        if (at == text.length()) {
            throw new ConfigException(where + ": nothing is behind the % at the end of " + text);
        }
        char token = text.charAt(at);
        return token == '%'
                ? "%"
                : meaning.of(token)
                        .orElseThrow(() -> new ConfigException(
                                where + ": %" + token + " in " + text + " is nothing that is put in there"));
    }
}
