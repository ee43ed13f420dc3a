package io.portolan.ftp.server.internal.command;

import static io.portolan.ftp.server.internal.session.CommandSpec.Trait.BEFORE_LOGIN;
import static io.portolan.ftp.server.internal.session.CommandSpec.Trait.DURING_TRANSFER;
import static io.portolan.ftp.server.internal.session.CommandSpec.Trait.KEEPS_RESTART;
import static io.portolan.ftp.server.internal.session.Precondition.ARGUMENT;
import static io.portolan.ftp.server.internal.session.Precondition.DATA_CONNECTION;
import static io.portolan.ftp.server.internal.session.Precondition.DATA_PROTECTION;
import static io.portolan.ftp.server.internal.session.Precondition.LOGIN;

import io.portolan.ftp.HostPort;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.internal.session.CommandSpec;
import io.portolan.ftp.server.internal.session.CommandTable;
import java.util.ArrayList;
import java.util.List;

/** The table of all verbs: what each needs, how it behaves, what FEAT and HELP say of it (the registry of RFC 5797 is the list that this follows). */
public final class StandardCommands {

    private StandardCommands() {}

    /** The table of a server. */
    public static CommandTable table(FtpServerConfig config) {
        List<CommandSpec> specs = new ArrayList<>();
        access(specs);
        directories(specs);
        parameters(specs);
        transfers(specs);
        return new CommandTable(specs);
    }

    private static void access(List<CommandSpec> specs) {
        specs.add(CommandSpec.of("USER", "RFC 959 §4.1.1", "USER <name>", new UserCommand(), ARGUMENT)
                .with(BEFORE_LOGIN));
        specs.add(CommandSpec.of("PASS", "RFC 959 §4.1.1", "PASS <password>", new PassCommand())
                .with(BEFORE_LOGIN));
        specs.add(CommandSpec.of("QUIT", "RFC 959 §4.1.1", "QUIT", new QuitCommand())
                .with(BEFORE_LOGIN, DURING_TRANSFER));
        specs.add(CommandSpec.of("NOOP", "RFC 959 §4.1.3", "NOOP", new NoopCommand())
                .with(BEFORE_LOGIN, DURING_TRANSFER, KEEPS_RESTART));
        specs.add(CommandSpec.of("SYST", "RFC 959 §4.1.3", "SYST", new SystCommand())
                .with(BEFORE_LOGIN));
        specs.add(
                CommandSpec.of("FEAT", "RFC 2389 §3", "FEAT", new FeatCommand()).with(BEFORE_LOGIN));
    }

    private static void directories(List<CommandSpec> specs) {
        addWithAlias(specs, CommandSpec.of("PWD", "RFC 959 §4.1.3", "PWD", new PwdCommand(), LOGIN), "XPWD");
        addWithAlias(
                specs, CommandSpec.of("CWD", "RFC 959 §4.1.1", "CWD <directory>", new CwdCommand(), LOGIN), "XCWD");
        addWithAlias(specs, CommandSpec.of("CDUP", "RFC 959 §4.1.1", "CDUP", new CdupCommand(), LOGIN), "XCUP");
    }

    private static void parameters(List<CommandSpec> specs) {
        specs.add(CommandSpec.of("TYPE", "RFC 959 §4.1.2", "TYPE A|I|L 8", new TypeCommand(), LOGIN, ARGUMENT)
                .with(KEEPS_RESTART));
        specs.add(CommandSpec.of("PASV", "RFC 959 §4.1.2", "PASV", new PasvCommand(), LOGIN)
                .with(KEEPS_RESTART)
                .featuring("PASV"));
        specs.add(CommandSpec.of("EPSV", "RFC 2428 §3", "EPSV [1|2|ALL]", new EpsvCommand(), LOGIN)
                .with(KEEPS_RESTART)
                .featuring("EPSV"));
        specs.add(CommandSpec.of(
                        "PORT",
                        "RFC 959 §4.1.2",
                        "PORT <h1,h2,h3,h4,p1,p2>",
                        new PortCommand(HostPort::parsePort),
                        LOGIN,
                        ARGUMENT)
                .with(KEEPS_RESTART));
        specs.add(CommandSpec.of(
                        "EPRT",
                        "RFC 2428 §2",
                        "EPRT |1|<address>|<port>|",
                        new PortCommand(HostPort::parseEprt),
                        LOGIN,
                        ARGUMENT)
                .with(KEEPS_RESTART)
                .featuring("EPRT"));
    }

    private static void transfers(List<CommandSpec> specs) {
        specs.add(CommandSpec.of(
                "RETR",
                "RFC 959 §4.1.3",
                "RETR <file>",
                new RetrCommand(),
                LOGIN,
                ARGUMENT,
                DATA_PROTECTION,
                DATA_CONNECTION));
        specs.add(store("STOR", "STOR <file>", StoreCommand.Mode.STORE, true));
        specs.add(store("APPE", "APPE <file>", StoreCommand.Mode.APPEND, true));
        specs.add(store("STOU", "STOU", StoreCommand.Mode.UNIQUE, false));
        specs.add(CommandSpec.of(
                "LIST",
                "RFC 959 §4.1.3",
                "LIST [<path>]",
                new ListCommand(ListCommand.Kind.LONG),
                LOGIN,
                DATA_PROTECTION,
                DATA_CONNECTION));
        specs.add(CommandSpec.of(
                "NLST",
                "RFC 959 §4.1.3",
                "NLST [<path>]",
                new ListCommand(ListCommand.Kind.NAMES),
                LOGIN,
                DATA_PROTECTION,
                DATA_CONNECTION));
        specs.add(CommandSpec.of("ABOR", "RFC 959 §4.1.3", "ABOR", new AborCommand(), LOGIN)
                .with(DURING_TRANSFER));
    }

    private static CommandSpec store(String verb, String syntax, StoreCommand.Mode mode, boolean named) {
        StoreCommand command = new StoreCommand(mode);
        return named
                ? CommandSpec.of(
                        verb, "RFC 959 §4.1.3", syntax, command, LOGIN, ARGUMENT, DATA_PROTECTION, DATA_CONNECTION)
                : CommandSpec.of(verb, "RFC 959 §4.1.3", syntax, command, LOGIN, DATA_PROTECTION, DATA_CONNECTION);
    }

    /** RFC 1123 §4.1.3.1: the X forms mean the same. */
    private static void addWithAlias(List<CommandSpec> specs, CommandSpec spec, String alias) {
        specs.add(spec);
        specs.add(spec.alias(alias));
    }
}
