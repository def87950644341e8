"""The pages of stored plans, below ``/plans``: one folder per feature."""
