package io.portolan.sftp.server.fuzz;

import io.portolan.sftp.server.testing.SampleSession;
import io.portolan.sftp.server.testing.SftpFixture;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.fuzz.Mutation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The messages of a whole valid session, from the request for a login to the end of its channel, and what changes of them make of it: messages that are missing, come
 * twice, early, late, or in place of others, with other numbers and channels in them, with spoilt octets; and the same for the packets of SFTP in them.
 */
final class MutatedSession {

    private static final int DATA = 94;
    private static final int MAX_MESSAGES = 400;

    private final List<byte[]> messages = new ArrayList<>();

    private MutatedSession(List<byte[]> messages) {
        this.messages.addAll(messages);
    }

    /** As it is meant to be. */
    static List<byte[]> valid(int version) {
        List<byte[]> all = new ArrayList<>(login());
        List<byte[]> packets = SampleSession.packets(version);
        packets.forEach(packet -> all.add(data(packet)));
        all.add(toChannel(93).writeUint32(1_000_000).toByteArray());
        all.add(toChannel(96).toByteArray());
        return all;
    }

    /** The same through {@code scp -t}. */
    static List<byte[]> validCopy() {
        List<byte[]> all = new ArrayList<>(login().subList(0, login().size() - 1));
        all.add(toChannel(98)
                .writeString("exec")
                .writeBoolean(true)
                .writeString("scp -r -p -t .")
                .toByteArray());
        for (String part : List.of("T1 0 2 0\n", "D0755 0 d\n", "C0644 5 a.txt\n", "hello\0", "E\n")) {
            all.add(toChannel(DATA).writeString(part).toByteArray());
        }
        all.add(toChannel(96).toByteArray());
        return all;
    }

    private static List<byte[]> login() {
        SshWriter request =
                new SshWriter().writeByte(50).writeString(SftpFixture.USER).writeString("ssh-connection");
        byte[] start = request.toByteArray();
        return List.of(
                new SshWriter().writeByte(5).writeString("ssh-userauth").toByteArray(),
                new SshWriter().writeBytes(start).writeString("none").toByteArray(),
                new SshWriter()
                        .writeBytes(start)
                        .writeString("password")
                        .writeBoolean(false)
                        .writeString("wrong")
                        .toByteArray(),
                new SshWriter()
                        .writeBytes(start)
                        .writeString("password")
                        .writeBoolean(false)
                        .writeString(SftpFixture.PASSWORD)
                        .toByteArray(),
                new SshWriter()
                        .writeByte(80)
                        .writeString("keepalive@openssh.com")
                        .writeBoolean(true)
                        .toByteArray(),
                new SshWriter()
                        .writeByte(90)
                        .writeString("session")
                        .writeUint32(7)
                        .writeUint32(1 << 20)
                        .writeUint32(32_768)
                        .toByteArray(),
                toChannel(98)
                        .writeString("env")
                        .writeBoolean(false)
                        .writeString("LANG")
                        .writeString("C")
                        .toByteArray(),
                toChannel(98)
                        .writeString("subsystem")
                        .writeBoolean(true)
                        .writeString("sftp")
                        .toByteArray());
    }

    private static SshWriter toChannel(int number) {
        return new SshWriter().writeByte(number).writeUint32(0);
    }

    private static byte[] data(byte[] packet) {
        return toChannel(DATA)
                .writeString(new SshWriter().writeString(packet).toByteArray())
                .toByteArray();
    }

    /** Changes a valid session in some places. */
    static List<byte[]> of(List<byte[]> valid, Random random) {
        MutatedSession session = new MutatedSession(valid);
        int changes = 1 + random.nextInt(5);
        for (int i = 0; i < changes; i++) {
            session.change(random);
        }
        return session.messages;
    }

    private void change(Random random) {
        if (messages.isEmpty() || messages.size() > MAX_MESSAGES) {
            return;
        }
        int at = random.nextInt(messages.size());
        int other = random.nextInt(messages.size());
        byte[] message = messages.get(at);
        switch (random.nextInt(10)) {
            case 0 -> messages.remove(at);
            case 1 -> messages.add(at, message);
            case 2 -> Collections.swap(messages, at, other);
            case 3 -> messages.add(at, messages.get(other));
            case 4 -> messages.set(at, numbered(message, random.nextInt(256)));
            case 5 -> messages.set(at, toSomewhereElse(message, random));
            case 6 -> messages.set(at, Mutation.of(message, messages.get(other), random));
            case 7 -> messages.addAll(at, Collections.nCopies(1 + random.nextInt(50), message));
            // over too early
            case 8 -> messages.add(at, toChannel(97).toByteArray());
            default -> inTheChannel(at, random);
        }
    }

    private static byte[] numbered(byte[] message, int number) {
        byte[] changed = message.clone();
        if (changed.length > 0) {
            changed[0] = (byte) number;
        }
        return changed;
    }

    /** Another channel. */
    private static byte[] toSomewhereElse(byte[] message, Random random) {
        byte[] changed = message.clone();
        if (changed.length >= 5) {
            changed[1 + random.nextInt(Integer.BYTES)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    /** A packet of SFTP is spoilt, and the message about it is not. */
    private void inTheChannel(int at, Random random) {
        byte[] message = messages.get(at);
        int header = 1 + 3 * Integer.BYTES;
        if (message.length > header && message[0] == DATA) {
            byte[] packet = Arrays.copyOfRange(message, header, message.length);
            byte[] other = messages.get(random.nextInt(messages.size()));
            messages.set(at, data(Mutation.of(packet, other, random)));
        }
    }
}
