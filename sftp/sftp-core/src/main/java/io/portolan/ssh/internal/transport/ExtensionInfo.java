package io.portolan.ssh.internal.transport;

import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SSH_MSG_EXT_INFO: what a side can do beyond what KEXINIT tells (RFC 8308). Values are octets of ISO 8859-1, as some are not text. */
record ExtensionInfo(Map<String, String> values) {

    /** Far more than anybody has, and each needs at least the octets of its two lengths. */
    static final int MAX_EXTENSIONS = 64;

    private static final String SIGNATURE_ALGORITHMS = "server-sig-algs";

    ExtensionInfo {
        values = Map.copyOf(values);
    }

    /** What a server says. */
    static ExtensionInfo ofServer(List<String> signatureAlgorithms) {
        return new ExtensionInfo(Map.of(
                SIGNATURE_ALGORITHMS,
                String.join(",", signatureAlgorithms),
                "publickey-hostbound@openssh.com",
                "0",
                "ping@openssh.com",
                "0"));
    }

    /** What a client says. */
    static ExtensionInfo ofClient() {
        return new ExtensionInfo(Map.of("ping@openssh.com", "0"));
    }

    /** The signature algorithms that a server takes; none if it has not said. */
    List<String> signatureAlgorithms() {
        String names = values.getOrDefault(SIGNATURE_ALGORITHMS, "");
        return names.isEmpty() ? List.of() : List.of(names.split(",", -1));
    }

    byte[] encode() {
        SshWriter writer =
                new SshWriter(512).writeByte(SshMessageNumber.EXT_INFO.number()).writeUint32(values.size());
        new TreeMap<>(values)
                .forEach((name, value) ->
                        writer.writeString(name).writeString(value.getBytes(StandardCharsets.ISO_8859_1)));
        return writer.toByteArray();
    }

    static ExtensionInfo decode(byte[] payload) throws SshProtocolException {
        SshReader reader = new SshReader(payload, 1, payload.length - 1);
        long count = reader.readUint32();
        if (count > MAX_EXTENSIONS) {
            throw SshProtocolException.malformed("EXT_INFO with " + count + " extensions");
        }
        Map<String, String> values = new TreeMap<>();
        for (long i = 0; i < count; i++) {
            String name = reader.readName();
            String value = new String(reader.readString(), StandardCharsets.ISO_8859_1);
            if (values.put(name, value) != null) {
                throw SshProtocolException.malformed("EXT_INFO has " + name + " twice");
            }
        }
        reader.expectEnd();
        return new ExtensionInfo(values);
    }
}
