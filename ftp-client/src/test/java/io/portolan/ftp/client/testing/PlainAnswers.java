package io.portolan.ftp.client.testing;

import io.portolan.ftp.client.testing.NastyServer.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a {@link NastyServer} does unless a test says otherwise: what is right. */
final class PlainAnswers {

    static final Answer UNKNOWN = (session, argument) -> session.reply("502 Not here.");

    static final List<String> FEATURES =
            List.of("EPSV", "MDTM", "MLST type*;size*;modify*;", "REST STREAM", "SIZE", "TVFS", "UTF8");

    private static final String FACTS = "type=file;size=%d;modify=20260102030405; %s";

    static final Map<String, Answer> ALL = answers();

    private PlainAnswers() {}

    private static Map<String, Answer> answers() {
        Map<String, Answer> all = new HashMap<>();
        Map.of(
                        "USER", "331 And the password?",
                        "PASS", "230 Welcome.",
                        "TYPE", "200 As you like.",
                        "MODE", "200 As you like.",
                        "STRU", "200 As you like.",
                        "OPTS", "200 As you like.",
                        "NOOP", "200 Nothing done.",
                        "SYST", "215 UNIX Type: L8",
                        "PWD", "257 \"/\" is where you are.",
                        "ABOR", "226 Nothing to end.")
                .forEach((verb, reply) -> all.put(verb, (session, argument) -> session.reply(reply)));
        Map.of(
                        "CWD", "250 There you are.",
                        "CDUP", "250 There you are.",
                        "RMD", "250 Removed.",
                        "CLNT", "200 Nice to meet you.",
                        "PBSZ", "200 PBSZ=0",
                        "PROT", "200 As you like.",
                        "ALLO", "202 No need.",
                        "ACCT", "202 No need.",
                        "SITE", "200 Done.")
                .forEach((verb, reply) -> all.put(verb, (session, argument) -> session.reply(reply)));
        all.put("MKD", (session, argument) -> session.reply("257 \"" + argument + "\" is new."));
        all.put("FEAT", PlainAnswers::features);
        all.put("QUIT", (session, argument) -> {
            session.reply("221 Farewell.");
            session.close();
        });
        all.put("EPSV", (session, argument) -> session.reply("229 Here (|||" + session.passive() + "|)."));
        all.put(
                "PASV",
                (session, argument) ->
                        session.reply(pasv(session.server().address().getAddress(), session.passive())));
        all.put("EPRT", PlainAnswers::eprt);
        all.put("PORT", PlainAnswers::port);
        all.put("REST", (session, argument) -> {
            session.restartAt(Long.parseLong(argument));
            session.reply("350 From there.");
        });
        files(all);
        transfers(all);
        return Map.copyOf(all);
    }

    private static void features(NastySession session, String argument) {
        session.reply("211-These:");
        session.server().features().forEach(line -> session.reply(" " + line));
        session.reply("211 That is all.");
    }

    /** PASV's reply for an address of version 4. */
    static String pasv(InetAddress address, int port) {
        String numbers = address.getHostAddress().replace('.', ',') + "," + (port >> Byte.SIZE) + "," + (port & 0xff);
        return "227 Here (" + numbers + ").";
    }

    private static void eprt(NastySession session, String argument) {
        String[] parts = argument.split("\\|", -1);
        session.active(new InetSocketAddress(parts[2], Integer.parseInt(parts[3])));
        session.reply("200 I will.");
    }

    private static void port(NastySession session, String argument) {
        int[] numbers =
                Arrays.stream(argument.split(",")).mapToInt(Integer::parseInt).toArray();
        byte[] address = {(byte) numbers[0], (byte) numbers[1], (byte) numbers[2], (byte) numbers[3]};
        try {
            session.active(
                    new InetSocketAddress(InetAddress.getByAddress(address), numbers[4] << Byte.SIZE | numbers[5]));
            session.reply("200 I will.");
        } catch (UnknownHostException e) {
            session.reply("501 No address.");
        }
    }

    private static void files(Map<String, Answer> all) {
        all.put(
                "SIZE",
                ifThere((session, path) ->
                        session.reply("213 " + session.server().read(path).length)));
        all.put("MDTM", ifThere((session, path) -> session.reply("213 20260102030405")));
        all.put(
                "MLST",
                ifThere((session, path) -> session.reply(
                        "250-Here:",
                        " " + FACTS.formatted(session.server().read(path).length, path),
                        "250 That is all.")));
        all.put("DELE", ifThere((session, path) -> {
            session.server().files().remove(path);
            session.reply("250 Gone.");
        }));
        all.put("RNFR", ifThere((session, path) -> {
            session.renameFrom(path);
            session.reply("350 To what?");
        }));
        all.put("RNTO", (session, argument) -> {
            String from = session.takeRenameFrom();
            byte[] content = from == null ? null : session.server().files().remove(from);
            if (content == null) {
                session.reply("503 RNFR first.");
            } else {
                session.server().file(NastySession.path(argument), content);
                session.reply("250 Renamed.");
            }
        });
    }

    private static Answer ifThere(Answer answer) {
        return (session, argument) -> {
            String path = NastySession.path(argument);
            if (session.server().has(path)) {
                answer.to(session, path);
            } else {
                session.reply("550 There is no such file.");
            }
        };
    }

    private static void transfers(Map<String, Answer> all) {
        Answer download = ifThere((session, path) -> {
            byte[] content = session.server().read(path);
            send(
                    session,
                    Arrays.copyOfRange(content, (int) Math.min(session.takeRestart(), content.length), content.length));
        });
        Answer list = (session, argument) -> send(session, session.listing());
        all.put("RETR", ifDataExpected(download));
        for (String verb : List.of("LIST", "NLST", "MLSD")) {
            all.put(verb, ifDataExpected(list));
        }
        all.put("STOR", ifDataExpected((session, argument) -> receive(session, argument, session.takeRestart())));
        all.put("APPE", ifDataExpected((session, argument) -> receive(session, argument, Long.MAX_VALUE)));
    }

    private static Answer ifDataExpected(Answer answer) {
        return (session, argument) -> {
            if (session.expectsData()) {
                answer.to(session, argument);
            } else {
                session.reply("425 Where to?");
            }
        };
    }

    private static void send(NastySession session, byte[] content) {
        session.reply("150 Here it comes.");
        session.withData(data -> data.send(content).end().then(() -> {
            session.forgetData();
            session.reply("226 That was it.");
        }));
    }

    private static void receive(NastySession session, String argument, long offset) {
        String path = NastySession.path(argument);
        session.reply("150 Go ahead.");
        session.withData(data -> data.whenEnded(content -> {
            byte[] before = session.server().files().getOrDefault(path, new byte[0]);
            byte[] whole = Arrays.copyOf(before, (int) Math.min(offset, before.length) + content.length);
            System.arraycopy(content, 0, whole, whole.length - content.length, content.length);
            session.server().file(path, whole);
            data.end();
            session.forgetData();
            session.reply("226 All there.");
        }));
    }
}
