package io.portolan.sftp.client.internal.config;

import io.portolan.ssh.internal.trust.Wildcards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists of algorithms as ssh_config(5) has them: whole ones, or what is added to, taken from or put before the usual one. */
public final class AlgorithmList {

    private AlgorithmList() {}

    /**
     * Reads a list. What we do not have is left out, as OpenSSH's own lists have more than we do.
     *
     * @param usual what we have, in the usual order
     * @param all what we have besides
     * @return what is proposed; maybe nothing
     */
    public static List<String> of(String text, List<String> usual, List<String> all) {
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        boolean changes = "+-^".indexOf(first) >= 0;
        List<String> named = Arrays.asList(text.substring(changes ? 1 : 0).split(","));
        List<String> known = named.stream().filter(all::contains).toList();
        Set<String> result = new LinkedHashSet<>();
        switch (first) {
            case '+' -> {
                result.addAll(usual);
                result.addAll(known);
            }
            case '-' ->
                usual.stream()
                        .filter(name -> named.stream().noneMatch(pattern -> Wildcards.matches(pattern, name)))
                        .forEach(result::add);
            case '^' -> {
                result.addAll(known);
                result.addAll(usual);
            }
            default -> result.addAll(known);
        }
        return new ArrayList<>(result);
    }
}
