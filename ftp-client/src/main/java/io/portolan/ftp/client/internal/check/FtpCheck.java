package io.portolan.ftp.client.internal.check;

import io.portolan.check.CheckReport;
import io.portolan.check.CheckStep;
import io.portolan.check.EndpointCheck;
import io.portolan.check.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the steps in their order, and leaves out those that need one which has failed. */
public final class FtpCheck implements EndpointCheck {

    private final CheckSettings settings;

    /** Makes a check. */
    public FtpCheck(CheckSettings settings) {
        this.settings = settings;
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>(List.of(new NameStep(), new ControlPortStep()));
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
        List<CheckStep> taken = new ArrayList<>();
        try (Deadline deadline = Deadline.in(settings.limit())) {
            Visit visit = new Visit(settings, deadline);
            String missing = null;
            for (Step step : steps()) {
                CheckStep result = take(step, visit, missing);
                taken.add(result);
                if (missing == null && result.outcome() == Outcome.FAILED && (step.isNeeded() || visit.isBroken())) {
                    missing = step.name();
                }
            }
            visit.leave();
        }
        return new CheckReport(settings.endpoint(), taken);
    }

    private static CheckStep take(Step step, Visit visit, @Nullable String missing) {
        if (missing != null) {
            return Finding.skipped("needs " + missing).asStep(step.name());
        }
        try {
            return step.look(visit).asStep(step.name());
        } catch (DataCertificateException e) {
            visit.broken(e);
            return e.finding(visit).asStep(step.name());
        } catch (IOException e) {
            return visit.broken(e).asStep(step.name());
        }
    }
}
