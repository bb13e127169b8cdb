"""Why a scenario differs from another: what each part of it adds, the way through the model, who gains."""
