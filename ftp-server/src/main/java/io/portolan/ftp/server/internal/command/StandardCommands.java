package io.portolan.ftp.server.internal.command;

import static io.portolan.ftp.server.internal.session.CommandSpec.Trait.DURING_TRANSFER;
import static io.portolan.ftp.server.internal.session.CommandSpec.Trait.KEEPS_RESTART;
import static io.portolan.ftp.server.internal.session.CommandSpec.Trait.OVERTAKES;
import static io.portolan.ftp.server.internal.session.Precondition.ARGUMENT;
import static io.portolan.ftp.server.internal.session.Precondition.DATA_CONNECTION;
import static io.portolan.ftp.server.internal.session.Precondition.DATA_PROTECTION;
import static io.portolan.ftp.server.internal.session.Precondition.LOGIN;
import static io.portolan.ftp.server.internal.session.Precondition.NO_ARGUMENT;

import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.fs.AttributeChanges.Attribute;
import io.portolan.fs.SpaceInfo;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.internal.session.CommandSpec;
import io.portolan.ftp.server.internal.session.CommandTable;
import io.portolan.ftp.server.internal.session.Features;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.Precondition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of all verbs: what each needs, how it behaves, what FEAT and HELP say of it (the registry of RFC 5797 is the list that this follows). */
public final class StandardCommands {

    private static final String RFC_959_ACCESS = "RFC 959 §4.1.1";
    private static final String RFC_959_PARAMETERS = "RFC 959 §4.1.2";
    private static final String RFC_959_SERVICE = "RFC 959 §4.1.3";
    private static final String RFC_2228 = "RFC 2228 §3";
    private static final String RFC_3659_LISTINGS = "RFC 3659 §7";
    private static final String DRAFT_MFXX = "draft-somers-ftp-mfxx";
    private static final String DRAFT_HASH = "draft-bryan-ftpext-hash";
    private static final String DRAFT_STREAMLINED = "draft-peterson-streamlined-ftp-command-extensions";
    private static final String IN_USE = "in no RFC";

    private StandardCommands() {}

    /** The table of a server. */
    public static CommandTable table(FtpServerConfig config) {
        List<CommandSpec> specs = new ArrayList<>();
        access(specs);
        security(specs);
        negotiation(specs);
        directories(specs);
        parameters(specs);
        transfers(specs);
        facts(specs);
        hashes(specs);
        changes(specs);
        site(specs, config);
        return new CommandTable(specs);
    }

    private static void access(List<CommandSpec> specs) {
        specs.add(CommandSpec.of("USER", RFC_959_ACCESS, "USER <name>", new UserCommand(), ARGUMENT));
        specs.add(CommandSpec.of("PASS", RFC_959_ACCESS, "PASS <password>", new PassCommand()));
        specs.add(CommandSpec.of("ACCT", RFC_959_ACCESS, "ACCT <account>", new AcctCommand(), ARGUMENT));
        specs.add(CommandSpec.of("REIN", RFC_959_ACCESS, "REIN", new ReinCommand(), NO_ARGUMENT));
        specs.add(CommandSpec.of("QUIT", RFC_959_ACCESS, "QUIT", new QuitCommand())
                .with(DURING_TRANSFER));
        specs.add(CommandSpec.of("NOOP", RFC_959_SERVICE, "NOOP", new NoopCommand())
                .with(DURING_TRANSFER, KEEPS_RESTART));
        specs.add(CommandSpec.of("HOST", "RFC 7151", "HOST <name>", new HostCommand(), ARGUMENT)
                .featuring(features -> features.config().virtualHosts().isEmpty() ? null : "HOST"));
        specs.add(CommandSpec.of(
                "SMNT",
                RFC_959_ACCESS,
                "SMNT <path>",
                new FixedReplyCommand(FtpReplyCode.COMMAND_NOT_IMPLEMENTED, "There is nothing to mount.")));
    }

    private static void security(List<CommandSpec> specs) {
        specs.add(CommandSpec.of("AUTH", RFC_2228 + ", RFC 4217 §4", "AUTH <mechanism>", new AuthCommand(), ARGUMENT)
                .featuring(AuthCommand::feature));
        specs.add(CommandSpec.of("PBSZ", RFC_2228, "PBSZ 0", new PbszCommand(), ARGUMENT)
                .with(KEEPS_RESTART)
                .featuring(features -> features.mechanisms().isEmpty() ? null : "PBSZ"));
        specs.add(CommandSpec.of("PROT", RFC_2228, "PROT C|P", new ProtCommand(), ARGUMENT)
                .with(KEEPS_RESTART)
                .featuring(features -> features.mechanisms().isEmpty() ? null : "PROT"));
        specs.add(CommandSpec.of("CCC", RFC_2228, "CCC", new CccCommand(), NO_ARGUMENT)
                .featuring(StandardCommands::clearing));
        for (String verb : List.of("ADAT", "MIC", "CONF", "ENC")) {
            specs.add(CommandSpec.of(
                    verb,
                    RFC_2228,
                    verb + " <base 64>",
                    new FixedReplyCommand(FtpReplyCode.COMMAND_NOT_IMPLEMENTED, "No mechanism here needs it.")));
        }
    }

    private static @Nullable String clearing(Features features) {
        return features.mechanisms().stream().anyMatch(ServerSecurity::isClearingAllowed) ? "CCC" : null;
    }

    private static void negotiation(List<CommandSpec> specs) {
        specs.add(CommandSpec.of("FEAT", "RFC 2389 §3", "FEAT", new FeatCommand(), NO_ARGUMENT));
        specs.add(CommandSpec.of("OPTS", "RFC 2389 §4", "OPTS UTF8|MLST|HASH|MODE Z …", new OptsCommand(), ARGUMENT)
                .with(KEEPS_RESTART)
                .featuring("UTF8"));
        specs.add(CommandSpec.of("LANG", "RFC 2640 §4", "LANG [en]", new LangCommand())
                .featuring("LANG EN*"));
        specs.add(CommandSpec.of("SYST", RFC_959_SERVICE, "SYST", new SystCommand()));
        specs.add(CommandSpec.of("HELP", RFC_959_SERVICE, "HELP [<command>]", new HelpCommand())
                .with(KEEPS_RESTART));
        specs.add(CommandSpec.of("STAT", RFC_959_SERVICE, "STAT [<path>]", new StatCommand(), LOGIN)
                .with(DURING_TRANSFER));
        specs.add(CommandSpec.of("CLNT", IN_USE, "CLNT <name>", new ClientNameCommand("Noted."), ARGUMENT)
                .featuring("CLNT"));
        specs.add(CommandSpec.of(
                        "CSID",
                        DRAFT_STREAMLINED,
                        "CSID Name=<name>; Version=<version>;",
                        new ClientNameCommand("Name=Portolan;"),
                        ARGUMENT)
                .featuring("CSID"));
    }

    private static void directories(List<CommandSpec> specs) {
        addWithAlias(
                specs,
                CommandSpec.of("PWD", RFC_959_SERVICE, "PWD", new PwdCommand(), LOGIN)
                        .featuring("TVFS"),
                "XPWD");
        addWithAlias(
                specs,
                CommandSpec.of("CWD", RFC_959_ACCESS, "CWD <directory>", new CwdCommand(), LOGIN, ARGUMENT),
                "XCWD");
        addWithAlias(specs, CommandSpec.of("CDUP", RFC_959_ACCESS, "CDUP", new CdupCommand(), LOGIN), "XCUP");
        addWithAlias(
                specs,
                CommandSpec.of("MKD", RFC_959_SERVICE, "MKD <directory>", new MkdCommand(), LOGIN, ARGUMENT),
                "XMKD");
        addWithAlias(
                specs,
                CommandSpec.of("RMD", RFC_959_SERVICE, "RMD <directory>", new RmdCommand(), LOGIN, ARGUMENT),
                "XRMD");
    }

    private static void parameters(List<CommandSpec> specs) {
        specs.add(CommandSpec.of("TYPE", RFC_959_PARAMETERS, "TYPE A|I|L 8", new TypeCommand(), LOGIN, ARGUMENT)
                .with(KEEPS_RESTART));
        specs.add(CommandSpec.of("STRU", RFC_959_PARAMETERS, "STRU F", new StruCommand(), LOGIN, ARGUMENT)
                .with(KEEPS_RESTART));
        specs.add(CommandSpec.of("MODE", RFC_959_PARAMETERS, "MODE S|Z", new ModeCommand(), LOGIN, ARGUMENT)
                .with(KEEPS_RESTART)
                .featuring(features -> features.config().isCompressionAllowed() ? "MODE Z" : null));
        specs.add(CommandSpec.of("PASV", RFC_959_PARAMETERS, "PASV", new PasvCommand(), LOGIN)
                .with(KEEPS_RESTART)
                .featuring("PASV"));
        specs.add(CommandSpec.of("EPSV", "RFC 2428 §3", "EPSV [1|2|ALL]", new EpsvCommand(), LOGIN)
                .with(KEEPS_RESTART)
                .featuring("EPSV"));
        specs.add(CommandSpec.of("LPSV", "RFC 1639 §4", "LPSV", new LpsvCommand(), LOGIN)
                .with(KEEPS_RESTART));
        specs.add(port("PORT", RFC_959_PARAMETERS, "PORT <h1,h2,h3,h4,p1,p2>", PortCommand.port()));
        specs.add(port("EPRT", "RFC 2428 §2", "EPRT |1|<address>|<port>|", PortCommand.extended())
                .featuring("EPRT"));
        specs.add(port("LPRT", "RFC 1639 §3", "LPRT <af,hal,h1,…,pal,p1,…>", PortCommand.ofAnyLength()));
        // Not in FEAT, though answered: it is of use only to servers that spread their files over machines, and a
        // client that reads of it sends it, and waits
        // for the reply, before each single transfer.
        specs.add(CommandSpec.of(
                        "PRET",
                        IN_USE,
                        "PRET <transfer command>",
                        new FixedReplyCommand(FtpReplyCode.COMMAND_OK, "Go on with PASV or EPSV."),
                        LOGIN,
                        ARGUMENT)
                .with(KEEPS_RESTART));
        specs.add(CommandSpec.of("REST", "RFC 3659 §5", "REST <bytes>", new RestCommand(), LOGIN, ARGUMENT)
                .featuring("REST STREAM"));
        specs.add(CommandSpec.of(
                        "RANG", "draft-bryan-ftp-range", "RANG <first> <last>", new RangCommand(), LOGIN, ARGUMENT)
                .featuring("RANG STREAM"));
        specs.add(CommandSpec.of("ALLO", RFC_959_SERVICE, "ALLO <bytes>", new AlloCommand(), LOGIN, ARGUMENT)
                .with(KEEPS_RESTART));
    }

    private static CommandSpec port(String verb, String source, String syntax, PortCommand command) {
        return CommandSpec.of(verb, source, syntax, command, LOGIN, ARGUMENT).with(KEEPS_RESTART);
    }

    private static void transfers(List<CommandSpec> specs) {
        specs.add(transfer("RETR", RFC_959_SERVICE, "RETR <file>", new RetrCommand(), ARGUMENT));
        specs.add(
                transfer("STOR", RFC_959_SERVICE, "STOR <file>", new StoreCommand(StoreCommand.Mode.STORE), ARGUMENT));
        specs.add(
                transfer("APPE", RFC_959_SERVICE, "APPE <file>", new StoreCommand(StoreCommand.Mode.APPEND), ARGUMENT));
        specs.add(transfer("STOU", "RFC 1123 §4.1.2.9", "STOU [<path>]", new StoreCommand(StoreCommand.Mode.UNIQUE)));
        specs.add(transfer("LIST", RFC_959_SERVICE, "LIST [<path>]", new ListCommand(ListCommand.Kind.LONG)));
        specs.add(transfer("NLST", RFC_959_SERVICE, "NLST [<path>]", new ListCommand(ListCommand.Kind.NAMES)));
        specs.add(transfer("MLSD", RFC_3659_LISTINGS, "MLSD [<directory>]", new MlsdCommand()));
        specs.add(CommandSpec.of("ABOR", RFC_959_SERVICE, "ABOR", new AborCommand())
                .with(OVERTAKES));
    }

    private static CommandSpec transfer(
            String verb, String source, String syntax, FtpCommand command, Precondition... more) {
        List<Precondition> needs = new ArrayList<>(List.of(LOGIN, DATA_PROTECTION, DATA_CONNECTION));
        needs.addAll(List.of(more));
        return CommandSpec.of(verb, source, syntax, command, needs.toArray(Precondition[]::new));
    }

    private static void facts(List<CommandSpec> specs) {
        specs.add(CommandSpec.of("MLST", RFC_3659_LISTINGS, "MLST [<path>]", new MlstCommand(), LOGIN)
                .featuring(MlstCommand::feature));
        specs.add(CommandSpec.of("SIZE", "RFC 3659 §4", "SIZE <file>", new SizeCommand(), LOGIN, ARGUMENT)
                .with(KEEPS_RESTART)
                .featuring("SIZE"));
        specs.add(CommandSpec.of(
                        "MDTM", "RFC 3659 §3", "MDTM [<YYYYMMDDhhmmss>] <file>", new MdtmCommand(), LOGIN, ARGUMENT)
                .with(KEEPS_RESTART)
                .featuring("MDTM"));
        specs.add(CommandSpec.of(
                        "MFMT",
                        DRAFT_MFXX + " §3",
                        "MFMT <YYYYMMDDhhmmss> <path>",
                        new SetTimeCommand(SetTimeCommand.Which.MODIFIED),
                        LOGIN,
                        ARGUMENT)
                .featuring(features -> FileTimes.canSet(features, Attribute.MODIFIED) ? "MFMT" : null));
        specs.add(CommandSpec.of(
                        "MFCT",
                        DRAFT_MFXX + " §4",
                        "MFCT <YYYYMMDDhhmmss> <path>",
                        new SetTimeCommand(SetTimeCommand.Which.CREATED),
                        LOGIN,
                        ARGUMENT)
                .featuring(features -> FileTimes.canSet(features, Attribute.CREATED) ? "MFCT" : null));
        specs.add(CommandSpec.of(
                        "MFF", DRAFT_MFXX + " §5", "MFF <fact>=<value>;… <path>", new MffCommand(), LOGIN, ARGUMENT)
                .featuring(MffCommand::feature));
        specs.add(CommandSpec.of("AVBL", DRAFT_STREAMLINED, "AVBL [<directory>]", new AvblCommand(), LOGIN)
                .featuring(features -> features.can(SpaceInfo.class) ? "AVBL" : null));
    }

    private static void hashes(List<CommandSpec> specs) {
        specs.add(CommandSpec.of("HASH", DRAFT_HASH, "HASH <file>", new HashCommand(), LOGIN, ARGUMENT)
                .featuring(HashAlgorithm::feature));
        specs.add(oldHash("XCRC", HashAlgorithm.CRC32));
        specs.add(oldHash("XMD5", HashAlgorithm.MD5));
        specs.add(oldHash("XSHA", HashAlgorithm.SHA_1));
        specs.add(oldHash("XSHA1", HashAlgorithm.SHA_1));
        specs.add(oldHash("XSHA256", HashAlgorithm.SHA_256));
        specs.add(oldHash("XSHA512", HashAlgorithm.SHA_512));
    }

    private static CommandSpec oldHash(String verb, HashAlgorithm algorithm) {
        return CommandSpec.of(
                        verb, IN_USE, verb + " <file> [<first> <end>]", new OldHashCommand(algorithm), LOGIN, ARGUMENT)
                .featuring(verb);
    }

    private static void changes(List<CommandSpec> specs) {
        specs.add(CommandSpec.of("DELE", RFC_959_SERVICE, "DELE <file>", new DeleCommand(), LOGIN, ARGUMENT));
        specs.add(CommandSpec.of("RNFR", RFC_959_SERVICE, "RNFR <path>", new RnfrCommand(), LOGIN, ARGUMENT));
        specs.add(CommandSpec.of("RNTO", RFC_959_SERVICE, "RNTO <path>", new RntoCommand(), LOGIN, ARGUMENT));
        specs.add(CommandSpec.of("COMB", IN_USE, "COMB <target> <part>…", new CombCommand(), LOGIN, ARGUMENT)
                .featuring(features -> features.canWrite() ? "COMB" : null));
    }

    private static void site(List<CommandSpec> specs, FtpServerConfig config) {
        specs.add(CommandSpec.of(
                        "SITE",
                        RFC_959_SERVICE,
                        "SITE <command> …",
                        new SiteRouter(config.siteCommands()),
                        LOGIN,
                        ARGUMENT)
                .featuring(SiteRouter::feature));
    }

    /** RFC 1123 §4.1.3.1: the X forms mean the same. */
    private static void addWithAlias(List<CommandSpec> specs, CommandSpec spec, String alias) {
        specs.add(spec);
        specs.add(spec.alias(alias));
    }
}
