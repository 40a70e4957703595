import java.io.FileInputStream;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** Validates the PDFs named as arguments; a line for each failed rule, none for a valid file. */
public class Validate {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (String flavour : List.of("ua1", "2a")) {
                check(file, PDFAFlavour.fromString(flavour));
            }
        }
        System.out.println("done");
    }

    private static void check(String file, PDFAFlavour flavour) throws Exception {
        try (FileInputStream data = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(data, flavour)) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
            ValidationResult result = validator.validate(parser);
            for (RuleId rule : result.getFailedChecks().keySet()) {
                System.out.println(file + " " + flavour + " " + rule.getClause() + "-"
                        + rule.getTestNumber());
            }
        }
    }
}
