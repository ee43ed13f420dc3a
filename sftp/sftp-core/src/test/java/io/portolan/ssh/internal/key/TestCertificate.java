package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A CA that writes whatever it is told, right or wrong. */
public final class TestCertificate {

    public static final SshKeyPair CA = SshKeyPair.generateEd25519(TestKeys.RANDOM);

    private final SshPublicKey key;
    private SshKeyPair authority = CA;
    private String signatureAlgorithm = "";
    private long serial = 1;
    private int kind = 1;
    private String keyId = "a key";
    private final List<String> principals = new ArrayList<>(List.of("alice"));
    private long validAfter;
    private long validBefore = -1;
    private final SshWriter criticalOptions = new SshWriter();
    private final SshWriter extensions = new SshWriter();
    private boolean damaged;

    public TestCertificate(SshPublicKey key) {
        this.key = key;
    }

    public TestCertificate authority(SshKeyPair pair) {
        authority = pair;
        return this;
    }

    public TestCertificate signedWith(String algorithm) {
        signatureAlgorithm = algorithm;
        return this;
    }

    public TestCertificate serial(long number) {
        serial = number;
        return this;
    }

    public TestCertificate kind(int number) {
        kind = number;
        return this;
    }

    public TestCertificate keyId(String id) {
        keyId = id;
        return this;
    }

    public TestCertificate principals(String... names) {
        principals.clear();
        principals.addAll(List.of(names));
        return this;
    }

    public TestCertificate valid(long after, long before) {
        validAfter = after;
        validBefore = before;
        return this;
    }

    public TestCertificate critical(String name, String value) {
        criticalOptions
                .writeString(name)
                .writeString(new SshWriter().writeString(value).toByteArray());
        return this;
    }

    public TestCertificate criticalFlag(String name) {
        criticalOptions.writeString(name).writeString("");
        return this;
    }

    public TestCertificate extension(String name) {
        extensions.writeString(name).writeString("");
        return this;
    }

    public TestCertificate damaged() {
        damaged = true;
        return this;
    }

    public static String type(SshPublicKey key) {
        String plain = key.type();
        return plain.endsWith("@openssh.com")
                ? plain.replace("@openssh.com", SshCertificate.SUFFIX)
                : plain + SshCertificate.SUFFIX;
    }

    public byte[] blob() {
        byte[] plain = key.blob();
        byte[] fields = Arrays.copyOfRange(plain, 4 + key.type().length(), plain.length);
        SshWriter names = new SshWriter();
        principals.forEach(names::writeString);
        SshWriter writer = new SshWriter()
                .writeString(type(key))
                .writeString(new byte[32])
                .writeBytes(fields)
                .writeUint64(serial)
                .writeUint32(kind)
                .writeString(keyId)
                .writeString(names.toByteArray())
                .writeUint64(validAfter)
                .writeUint64(validBefore)
                .writeString(criticalOptions.toByteArray())
                .writeString(extensions.toByteArray())
                .writeString("")
                .writeString(authority.publicKey().blob());
        String algorithm = signatureAlgorithm.isEmpty()
                ? authority.publicKey().signatureAlgorithms().get(0)
                : signatureAlgorithm;
        byte[] signature = authority.sign(algorithm, writer.toByteArray());
        if (damaged) {
            signature[signature.length - 1] ^= 1;
        }
        return writer.writeString(signature).toByteArray();
    }
}
