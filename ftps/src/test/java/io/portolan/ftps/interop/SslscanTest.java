package io.portolan.ftps.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.testing.Peer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** sslscan, which tries each version, cipher suite and group that it knows. */
class SslscanTest extends TlsPeerTest {

    @ParameterizedTest
    @CsvSource({"BORINGSSL, false", "BORINGSSL, true", "JDK, false", "JDK, true"})
    void findsNothingWeak(TlsEngine engine, boolean implicit) throws Exception {
        serve(engine, SessionResumption.REQUIRE);
        Peer sslscan = find("sslscan");
        List<String> arguments = new ArrayList<>(List.of("--no-colour", "--show-cipher-ids"));
        if (!implicit) {
            arguments.add("--starttls-ftp");
        }
        arguments.add("127.0.0.1:" + port(implicit));
        String found = sslscan.run(arguments.toArray(String[]::new)).succeeded().output();
        for (String old : new String[] {"SSLv2", "SSLv3", "TLSv1.0", "TLSv1.1"}) {
            assertThat(found).containsPattern("(?m)^" + old + "\\s+disabled$");
        }
        assertThat(found)
                .containsPattern("(?m)^TLSv1.2\\s+enabled$")
                .containsPattern("(?m)^TLSv1.3\\s+enabled$")
                .containsPattern("(?m)^(Preferred|Accepted)\\s+TLSv1.3")
                .containsPattern("(?m)^(Preferred|Accepted)\\s+TLSv1.2")
                .contains("Session renegotiation not supported")
                .doesNotContainPattern("(?m)^TLSv1.\\d vulnerable to heartbleed");
        List<String> accepted = found.lines()
                .filter(line -> line.startsWith("Preferred") || line.startsWith("Accepted"))
                .toList();
        assertThat(accepted)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .containsPattern("TLSv1\\.3|ECDHE-")
                        .containsPattern("GCM|CHACHA20")
                        .doesNotContainPattern("NULL|EXP|RC4|DES|CBC|MD5|ADH|AECDH|anon"));
    }
}
