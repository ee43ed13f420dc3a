package io.portolan.ssh.internal.key;

import io.portolan.testing.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What is inside OpenSSH's key files, below the Base64 that would spoil most changes. */
public final class OpenSshPrivateFieldsFuzz implements FuzzTarget {

    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----\n";
    private static final String END = "\n-----END OPENSSH PRIVATE KEY-----\n";

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (SshKeyPair pair : TestKeys.ALL) {
            String text = new OpenSshKeyFile(pair, "a comment").write(TestKeys.RANDOM);
            seeds.add(Base64.getMimeDecoder()
                    .decode(text.substring(text.indexOf('\n') + 1, text.lastIndexOf("-----END"))));
        }
        return seeds;
    }

    @Override
    public void take(byte[] input) {
        String text = BEGIN + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(input) + END;
        try {
            PrivateKeyFile.read(text.getBytes(StandardCharsets.ISO_8859_1), null);
        } catch (KeyFileException expected) {
            // told apart and explained by its own tests
        }
    }
}
