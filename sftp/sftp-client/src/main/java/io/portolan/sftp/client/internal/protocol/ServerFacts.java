package io.portolan.sftp.client.internal.protocol;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a server has told of itself (draft-ietf-secsh-filexfer-13 sections 4 and 5). Immutable.
 *
 * @param version the version that is spoken, 3 to 6
 * @param extensions the pairs of VERSION, and what "supported" names besides, as text
 * @param limits how much one request may be about
 */
public record ServerFacts(int version, Map<String, String> extensions, ServerLimits limits) {

    /** Servers have about twenty. */
    static final int MAX_EXTENSIONS = 256;

    private static final int MAX_NAME = 256;
    private static final int MAX_DATA = 16 * 1024;

    /** attributes, bits, flags and accesses. */
    private static final int WORDS_OF_SUPPORTED = 4;

    public ServerFacts {
        extensions = Map.copyOf(extensions);
    }

    /** Reads the pairs of VERSION. */
    static ServerFacts read(int version, SshReader in) throws SshProtocolException {
        Map<String, String> pairs = new LinkedHashMap<>();
        ServerLimits limits = ServerLimits.UNKNOWN;
        Set<String> named = new LinkedHashSet<>();
        int count = 0;
        while (in.remaining() > 0) {
            if (++count > MAX_EXTENSIONS) {
                throw SshProtocolException.malformed("more than " + MAX_EXTENSIONS + " extensions");
            }
            String name = latin(in.readString(MAX_NAME));
            byte[] data = in.readString(MAX_DATA);
            pairs.putIfAbsent(name, latin(data));
            if (name.equals("supported")) {
                limits = supported(data, limits, named);
            } else if (name.equals("supported2")) {
                limits = supported2(data, limits, named);
            }
        }
        named.forEach(name -> pairs.putIfAbsent(name, ""));
        return new ServerFacts(version, pairs, limits);
    }

    private static ServerLimits supported(byte[] data, ServerLimits limits, Set<String> named)
            throws SshProtocolException {
        SshReader in = new SshReader(data);
        skip(in);
        ServerLimits told = limits.withRead(in.readUint32());
        while (in.remaining() > 0 && named.size() < MAX_EXTENSIONS) {
            named.add(latin(in.readString(MAX_NAME)));
        }
        return told;
    }

    private static ServerLimits supported2(byte[] data, ServerLimits limits, Set<String> named)
            throws SshProtocolException {
        SshReader in = new SshReader(data);
        skip(in);
        ServerLimits told = limits.withRead(in.readUint32());
        in.readUint32(); // two words of 16 bits about locks
        skipStrings(in, in.readUint32());
        long extensions = in.readUint32();
        for (long i = 0; i < extensions && in.remaining() > 0 && named.size() < MAX_EXTENSIONS; i++) {
            named.add(latin(in.readString(MAX_NAME)));
        }
        return told;
    }

    private static void skip(SshReader in) throws SshProtocolException {
        for (int i = 0; i < WORDS_OF_SUPPORTED; i++) {
            in.readUint32();
        }
    }

    private static void skipStrings(SshReader in, long count) throws SshProtocolException {
        for (long i = 0; i < count && in.remaining() > 0; i++) {
            in.readString(MAX_NAME);
        }
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    ServerFacts withLimits(ServerLimits told) {
        return new ServerFacts(version, extensions, told);
    }

    /** Whether an extension was named. */
    public boolean has(String extension) {
        return extensions.containsKey(extension);
    }

    /** What was told of an extension. */
    public Optional<String> extension(String name) {
        return Optional.ofNullable(extensions.get(name));
    }
}
