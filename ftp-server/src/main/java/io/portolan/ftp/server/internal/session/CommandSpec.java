package io.portolan.ftp.server.internal.session;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of the {@link CommandTable}: all that is known of a verb besides what it does. The gate before the commands, FEAT, HELP and the documentation
 * read it from here.
 *
 * @param verb the verb in upper case
 * @param source the RFC and section, or the draft
 * @param syntax how it is used, for HELP
 * @param needs what must hold before it is run, checked in the order of {@link Precondition}
 * @param traits how it behaves among other commands
 * @param feature its lines in FEAT, or null if it has none there
 * @param command what it does
 */
public record CommandSpec(
        String verb,
        String source,
        String syntax,
        Set<Precondition> needs,
        Set<Trait> traits,
        Function<Features, @Nullable String> feature,
        FtpCommand command) {

    /** How a command behaves among others. */
    public enum Trait {
        /** Answered at once while a transfer runs, unless commands wait that were sent before it. */
        DURING_TRANSFER,
        /** Answered at once while a transfer runs, whatever waits. */
        OVERTAKES,
        /** Prepares a transfer: leaves REST's and RANG's marks standing. */
        KEEPS_RESTART
    }

    public static CommandSpec of(String verb, String source, String syntax, FtpCommand command, Precondition... needs) {
        Set<Precondition> set = EnumSet.noneOf(Precondition.class);
        set.addAll(java.util.List.of(needs));
        return new CommandSpec(verb, source, syntax, set, EnumSet.noneOf(Trait.class), CommandSpec::noFeature, command);
    }

    public CommandSpec with(Trait... more) {
        Set<Trait> set = EnumSet.copyOf(traits.isEmpty() ? EnumSet.noneOf(Trait.class) : traits);
        set.addAll(java.util.List.of(more));
        return new CommandSpec(verb, source, syntax, needs, set, feature, command);
    }

    /** With a line in FEAT for every session. */
    public CommandSpec featuring(String line) {
        return featuring(features -> line);
    }

    /** With a line in FEAT that depends on the session and its files; null leaves it out. Asked on the lane. */
    public CommandSpec featuring(Function<Features, @Nullable String> line) {
        return new CommandSpec(verb, source, syntax, needs, traits, line, command);
    }

    /** The same command under another verb (RFC 1123 §4.1.3.1's X forms); FEAT names it once. */
    public CommandSpec alias(String other) {
        return new CommandSpec(
                other, source, syntax.replaceFirst("^" + verb, other), needs, traits, CommandSpec::noFeature, command);
    }

    private static @Nullable String noFeature(Features features) {
        return null;
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
