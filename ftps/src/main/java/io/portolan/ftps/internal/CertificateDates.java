package io.portolan.ftps.internal;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is wrong, or soon will be, with the dates of certificates: clients refuse them, and whoever runs the server should hear of it first. */
final class CertificateDates {

    /** Long enough to get another one by hand; what renews certificates by itself does so a month before they expire. */
    static final Duration SOON = Duration.ofDays(14);

    private CertificateDates() {}

    /** A line for each certificate of which there is something to say. */
    static List<String> complaints(KeySource keys, Instant now) {
        List<String> complaints = new ArrayList<>();
        if (keys instanceof KeySource.Entries here) {
            here.entries().stream()
                    .flatMap(entry -> entry.chain().stream())
                    .distinct()
                    .forEach(certificate -> {
                        String problem = problem(certificate, now);
                        if (!problem.isEmpty()) {
                            complaints.add("The certificate of "
                                    + certificate.getSubjectX500Principal().getName() + " " + problem);
                        }
                    });
        }
        return complaints;
    }

    private static String problem(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            return "is not valid before " + from + ": clients refuse it";
        }
        if (now.isAfter(until)) {
            return "has expired on " + until + ": clients refuse it";
        }
        if (now.plus(SOON).isAfter(until)) {
            return "expires on " + until + ", in "
                    + Duration.between(now, until).toDays() + " days";
        }
        return "";
    }
}
