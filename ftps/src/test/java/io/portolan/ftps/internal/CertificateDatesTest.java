package io.portolan.ftps.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateDatesTest {

    private final KeyEntry entry = SelfSigned.make(List.of("ftp.example"));
    private final X509Certificate certificate = entry.chain().get(0);
    private final Instant end = certificate.getNotAfter().toInstant();

    private List<String> at(Instant now) {
        return CertificateDates.complaints(new KeySource.Entries(List.of(entry, entry)), now);
    }

    @Test
    void ofOneThatIsValidForLongThereIsNothingToSay() {
        assertThat(at(Instant.now())).isEmpty();
        assertThat(at(end.minus(CertificateDates.SOON))).isEmpty();
    }

    @Test
    void oneThatExpiresSoonIsToldOfOnceWithItsDays() {
        assertThat(at(end.minus(CertificateDates.SOON).plusSeconds(1)))
                .containsExactly("The certificate of CN=ftp.example expires on " + end + ", in 13 days");
    }

    @Test
    void oneThatHasExpiredOrIsNotValidYetIsToldOf() {
        assertThat(at(end.plusSeconds(1)))
                .containsExactly("The certificate of CN=ftp.example has expired on " + end + ": clients refuse it");
        Instant before = certificate.getNotBefore().toInstant();
        assertThat(at(before.minus(Duration.ofDays(1))))
                .containsExactly(
                        "The certificate of CN=ftp.example is not valid before " + before + ": clients refuse it");
    }
}
