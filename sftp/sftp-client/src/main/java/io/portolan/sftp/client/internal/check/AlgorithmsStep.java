package io.portolan.sftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.check.Diagnosis;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.sftp.client.internal.check.AlgorithmComparison.Kind;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.kex.KexMarker;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Whether both sides have an algorithm of each kind in common (RFC 4253, section 7.1). */
final class AlgorithmsStep implements Step<Visit> {

    /** The one of our ciphers that CVE-2023-48795 is about. */
    private static final String CHACHA = "chacha20-poly1305@openssh.com";

    @Override
    public String name() {
        return "algorithms";
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        SshAlgorithms ours = visit.settings.algorithms();
        AlgorithmProposal theirs;
        try {
            theirs = visit.probe().exchange(AlgorithmComparison.proposal(ours));
        } catch (SshProtocolException e) {
            return Finding.failed(
                    "what should be the server's lists of algorithms makes no sense: " + e.getMessage(),
                    Finding.diagnosis(
                            "key-exchange-malformed",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "The server breaks the protocol (RFC 4253, section 7.1), or something in between changes what it says: update the server, and try without what is in between."));
        }
        visit.probe().leave();
        AlgorithmComparison comparison = AlgorithmComparison.of(ours, theirs);
        if (!comparison.missing().isEmpty()) {
            return nothingInCommon(comparison, theirs);
        }
        boolean strict = KexMarker.STRICT_SERVER.isIn(theirs);
        if (!strict && ours.isStrictKeyExchangeRequired()) {
            return Finding.failed(
                    "the server does not know strict key exchange, which is required here",
                    Finding.diagnosis(
                            "strict-key-exchange-missing",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "Update the server (OpenSSH has it since 9.6), or do not require it."));
        }
        String common = comparison.common();
        return strict || !comparison.first(Kind.CIPHER).equals(CHACHA)
                ? Finding.passed("in common: " + common)
                : Finding.warned(
                        "in common: " + common,
                        Finding.diagnosis(
                                "terrapin",
                                Blame.SERVER,
                                CHACHA,
                                "Who is on the way can leave out the first messages behind the key exchange (CVE-2023-48795), as the server does not know strict key exchange: update it, or let it have a cipher of AES."));
    }

    private static Finding nothingInCommon(AlgorithmComparison comparison, AlgorithmProposal theirs) {
        List<Kind> missing = comparison.missing();
        Kind first = missing.get(0);
        String message = missing.stream().map(comparison::contrast).collect(Collectors.joining("; "));
        AlgorithmComparison usual = AlgorithmComparison.of(SshAlgorithms.compatible(), theirs);
        List<String> better = usual.common(first);
        Diagnosis diagnosis = better.isEmpty()
                ? Finding.diagnosis(
                        "no-common-" + first.code(),
                        Blame.SERVER,
                        String.join(", ", comparison.theirs(first)),
                        "The server has only what is not safe any more, or not known here: update it, or let it have one of "
                                + String.join(", ", usual.ours(first)) + " (" + first.setting() + " in sshd_config).")
                : Finding.diagnosis(
                        "no-common-" + first.code(),
                        Blame.REQUEST,
                        String.join(", ", comparison.ours(first)),
                        "The client was told to propose less than it has: let it propose one of "
                                + String.join(", ", better) + " as well.");
        return Finding.failed(message, diagnosis);
    }
}
