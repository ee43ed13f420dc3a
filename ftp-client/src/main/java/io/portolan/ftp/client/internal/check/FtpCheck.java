package io.portolan.ftp.client.internal.check;

import io.portolan.check.CheckReport;
import io.portolan.check.CheckStep;
import io.portolan.check.EndpointCheck;
import io.portolan.core.internal.check.Deadline;
import io.portolan.core.internal.check.NameStep;
import io.portolan.core.internal.check.PortStep;
import io.portolan.core.internal.check.Step;
import io.portolan.core.internal.check.Steps;
import java.util.ArrayList;
import java.util.List;

/** The steps of a check of an FTP server, in their order. */
public final class FtpCheck implements EndpointCheck {

    private final CheckSettings settings;

    /** Makes a check. */
    public FtpCheck(CheckSettings settings) {
        this.settings = settings;
    }

    private List<Step<? super Visit>> steps() {
        List<Step<? super Visit>> steps = new ArrayList<>(List.of(new NameStep(), new PortStep("control-port")));
        switch (settings.protection()) {
            case NONE -> steps.add(new GreetingStep());
            case EXPLICIT -> steps.addAll(List.of(new GreetingStep(), new AuthStep(), new TlsStep()));
            case IMPLICIT -> steps.addAll(List.of(new TlsStep(), new GreetingStep()));
        }
        steps.addAll(List.of(
                new LoginStep(),
                new FeaturesStep(),
                new ProtectionStep(),
                new ExtendedPassiveStep(),
                new PassiveStep(),
                new ListingStep(),
                new UploadStep(),
                new ActiveStep(),
                // the last: vsftpd hangs up when a session is not reused
                new ReuseStep()));
        return steps;
    }

    @Override
    public CheckReport run() {
        List<CheckStep> taken;
        try (Deadline deadline = Deadline.in(settings.limit())) {
            Visit visit = new Visit(settings, deadline);
            taken = Steps.take(steps(), visit);
            visit.leave();
        }
        return new CheckReport(settings.endpoint(), taken);
    }
}
