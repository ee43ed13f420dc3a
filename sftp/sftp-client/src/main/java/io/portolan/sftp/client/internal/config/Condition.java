package io.portolan.sftp.client.internal.config;

import io.portolan.ssh.internal.trust.Wildcards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Whether a section is for a host: {@code Host} and {@code Match}. */
sealed interface Condition {

    /** Whether it holds, by what is known of the host so far. */
    boolean holds(HostOptions options) throws ConfigException;

    /** Always. */
    record Always() implements Condition {
        @Override
        public boolean holds(HostOptions options) {
            return true;
        }
    }

    /** {@code Host}: by the name that was asked for. */
    record Host(List<String> patterns) implements Condition {
        @Override
        public boolean holds(HostOptions options) {
            return matches(patterns, options.asked());
        }
    }

    /**
     * {@code Match}.
     *
     * @param criteria all of which have to hold; none if one of them is nothing that we know
     */
    record Match(List<Criterion> criteria) implements Condition {

        /** One of them: of what, and patterns, maybe the other way round. */
        record Criterion(String of, boolean negated, List<String> patterns) {}

        @Override
        public boolean holds(HostOptions options) throws ConfigException {
            for (Criterion criterion : criteria) {
                if (criterion.negated() == holds(criterion, options)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean holds(Criterion criterion, HostOptions options) throws ConfigException {
            return switch (criterion.of()) {
                case "all" -> true;
                case "host" -> matches(criterion.patterns(), options.hostName());
                case "originalhost" -> matches(criterion.patterns(), options.asked());
                case "user" -> matches(criterion.patterns(), options.user());
                default -> throw new IllegalStateException(criterion.of());
            };
        }
    }

    /** Never: it depends on what we do not look at. */
    record Never() implements Condition {
        @Override
        public boolean holds(HostOptions options) {
            return false;
        }
    }

    /** Reads what is behind {@code Match}; what is not known is told, and then it never holds. */
    static Condition match(Directive directive, Consumer<String> unknown) throws ConfigException {
        List<Match.Criterion> criteria = new ArrayList<>();
        Iterator<String> words = directive.arguments().iterator();
        while (words.hasNext()) {
            String word = words.next();
            boolean negated = word.startsWith("!");
            String of = word.substring(negated ? 1 : 0).toLowerCase(Locale.ROOT);
            switch (of) {
                case "all" -> criteria.add(new Match.Criterion(of, negated, List.of()));
                case "host", "originalhost", "user" -> {
                    if (!words.hasNext()) {
                        throw new ConfigException(directive.where() + ": Match " + of + " of what?");
                    }
                    criteria.add(new Match.Criterion(
                            of, negated, Arrays.asList(words.next().split(","))));
                }
                default -> {
                    unknown.accept(directive.where() + ": Match " + of);
                    return new Never();
                }
            }
        }
        return new Match(criteria);
    }

    private static boolean matches(List<String> patterns, String text) {
        String value = text.toLowerCase(Locale.ROOT);
        boolean any = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (Wildcards.matches(pattern.substring(negated ? 1 : 0).toLowerCase(Locale.ROOT), value)) {
                if (negated) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }
}
