package io.portolan.sftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Peer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What others think of what we offer. */
final class SshAuditTest extends SftpPeerTest {

    /** It holds against the curves of NIST who has made them, which we do not: whoever has to follow FIPS 140 has no others. */
    private static final Pattern CURVES_OF_NIST = Pattern.compile("nistp|backdoored|NSA");

    @Test
    void theUsualAlgorithmsHaveNoFailures() throws Exception {
        Peer audit = find("ssh-audit");
        serve(Storage.MEMORY);
        String told =
                audit.run("-n", "-4", "-l", "fail", "-p", port(), "127.0.0.1").output();
        assertThat(told).contains("key exchange algorithms");
        List<String> failures = told.lines()
                .filter(line -> line.contains("[fail]"))
                .filter(line -> !CURVES_OF_NIST.matcher(line).find())
                .toList();
        assertThat(failures).isEmpty();
    }
}
