"""Does on a CSV file what each line of the standard input names, and answers with a line of JSON: seconds, memory, numbers."""

import json
import logging
import resource
import sys
import time

OUT = sys.stdout
sys.stdout = sys.stderr  # What a library prints is no answer.
logging.disable(logging.WARNING)

COVARIATES = [f"x{j + 1}" for j in range(20)]
DATA = {}


def read(path):
    import pandas

    DATA["frame"] = pandas.read_csv(path)
    return {"rows": len(DATA["frame"])}


def load(_):
    """Imports what the later steps use, so that no step pays for it."""
    import doubleml  # noqa: F401
    import dowhy  # noqa: F401
    import lightgbm  # noqa: F401
    import linearmodels  # noqa: F401
    import sklearn.linear_model  # noqa: F401
    import sklearn.neighbors  # noqa: F401
    import statsmodels.api  # noqa: F401

    return {}


def design(*names):
    import statsmodels.api as sm

    return sm.add_constant(DATA["frame"][[*names, *COVARIATES]])


def ols(_):
    import statsmodels.api as sm

    fit = sm.OLS(DATA["frame"]["y"], design("t")).fit(cov_type="HC1")
    return {"estimate": fit.params["t"], "se": fit.bse["t"]}


def difference(_):
    import statsmodels.api as sm

    frame = DATA["frame"]
    fit = sm.OLS(frame["y"], sm.add_constant(frame[["t"]])).fit(cov_type="HC1")
    return {"estimate": fit.params["t"], "se": fit.bse["t"]}


def logit(_):
    import statsmodels.api as sm

    fit = sm.Logit(DATA["frame"]["t"], design()).fit(disp=0, tol=1e-12)
    DATA["propensity"] = fit.predict()
    return {"coefficient": fit.params["x1"]}


def ipw(_):
    """The difference of the normalised means alone, without an error."""
    import numpy as np

    logit(_)
    e = DATA["propensity"]
    t, y = (DATA["frame"][name].to_numpy() for name in ("t", "y"))
    return {"estimate": np.average(y, weights=t / e) - np.average(y, weights=(1 - t) / (1 - e))}


def iv(_):
    from linearmodels.iv import IV2SLS

    frame = DATA["frame"]
    fit = IV2SLS(frame["y"], design(), frame[["t"]], frame[["z"]]).fit(cov_type="robust", debiased=True)
    return {"estimate": fit.params["t"], "se": fit.std_errors["t"]}


def matching(_):
    """Nearest neighbour of each treated row on the logit of a fitted propensity, one of them where several are as near; no error."""
    import numpy as np
    import statsmodels.api as sm
    from sklearn.neighbors import NearestNeighbors

    frame = DATA["frame"]
    fit = sm.Logit(frame["t"], design()).fit(disp=0, tol=1e-12)
    score = np.asarray(fit.predict(which="linear")).reshape(-1, 1)
    t, y = frame["t"].to_numpy() == 1, frame["y"].to_numpy()
    tree = NearestNeighbors(n_neighbors=1).fit(score[~t])
    _distances, places = tree.kneighbors(score[t])
    return {"estimate": float(np.mean(y[t] - y[~t][places[:, 0]]))}


def dowhy_model():
    from dowhy import CausalModel

    # An instrument that it is told of it would adjust for as well.
    model = CausalModel(DATA["frame"], treatment="t", outcome="y", common_causes=COVARIATES)
    return model, model.identify_effect(proceed_when_unidentifiable=True)


def dowhy_regression(_):
    model, estimand = dowhy_model()
    found = model.estimate_effect(estimand, method_name="backdoor.linear_regression")
    return {"estimate": found.value}


def dowhy_weighting(_):
    from sklearn.linear_model import LogisticRegression

    model, estimand = dowhy_model()
    found = model.estimate_effect(
        estimand,
        method_name="backdoor.propensity_score_weighting",
        target_units="ate",
        method_params={
            "weighting_scheme": "ips_normalized_weight",
            "propensity_score_model": LogisticRegression(penalty=None, tol=1e-8, max_iter=1000),
        },
    )
    return {"estimate": found.value}


def double(outcome, treatment):
    import doubleml
    import numpy as np

    np.random.seed(1)
    # DoWhy adds columns of its own to the frame.
    frame = DATA["frame"][["y", "t", *COVARIATES]]
    model = doubleml.DoubleMLIRM(
        doubleml.DoubleMLData(frame, y_col="y", d_cols="t"), outcome, treatment, n_folds=5
    )
    model.fit()
    return {"estimate": float(model.coef[0]), "se": float(model.se[0])}


def stopping(kind):
    """LightGBM with our rule to stop: a tenth of the rows is kept apart, and ten rounds without progress on it are the end."""
    import lightgbm
    import numpy as np

    class Stopping(kind):
        def fit(self, features, target, **_):
            apart = np.random.default_rng(1).random(len(target)) < 0.1
            patience = lightgbm.early_stopping(10, verbose=False)
            return super().fit(
                features[~apart], target[~apart], eval_set=[(features[apart], target[apart])], callbacks=[patience]
            )

    return Stopping


def double_boosting(_):
    """Trees of the size, rate and penalty of ours, at most as many."""
    from lightgbm import LGBMClassifier, LGBMRegressor

    rows = len(DATA["frame"])
    setting = {
        "n_estimators": 500,
        "num_leaves": 4 if rows < 3000 else 8 if rows < 20_000 else 15 if rows < 200_000 else 31,
        "learning_rate": 0.1,
        "min_child_samples": 20,
        "reg_lambda": 1.0,
        "verbose": -1,
    }
    return double(stopping(LGBMRegressor)(**setting), stopping(LGBMClassifier)(**setting))


def double_linear(_):
    from sklearn.linear_model import LinearRegression, LogisticRegression

    return double(LinearRegression(), LogisticRegression(penalty=None, tol=1e-8, max_iter=1000))


def clear(_):
    """Forgets the file."""
    DATA.clear()
    return {}


for line in sys.stdin:
    name, _, argument = line.strip().partition(" ")
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu = usage.ru_utime + usage.ru_stime
    start = time.perf_counter()
    values = globals()[name](argument)
    wall = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    answer = {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime - cpu,
        "peak": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "values": {key: float(value) for key, value in values.items()},
    }
    OUT.write(json.dumps(answer) + "\n")
    OUT.flush()
